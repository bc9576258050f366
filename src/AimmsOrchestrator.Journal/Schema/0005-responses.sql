-- Responses that are not kept; steps.detail of run-completed and run-reused has the same in hexadecimal.
ALTER TABLE runs ADD COLUMN reading BLOB; -- SHA-256 of how its figures were taken, where its response is not kept; NULL where it is
