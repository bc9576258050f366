-- Submits that could not be settled, of whichever batch: each may be the owner of a task that nobody knows.
CREATE INDEX steps_ambiguous ON steps (batch, run) WHERE event = 'submit-settled' AND detail = 'ambiguous';
