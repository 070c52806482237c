-- The trace of the request that started a notice goes on in its pushes (docs/adr/0021).
ALTER TABLE push_content ADD COLUMN trace_parent text; -- W3C Trace Context; null: not traced
