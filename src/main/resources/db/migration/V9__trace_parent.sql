-- The trace of the request that starts or schedules a notice goes on in its pushes (docs/adr/0021).
ALTER TABLE notice ADD COLUMN trace_parent text; -- of the last change that was traced
ALTER TABLE push_content ADD COLUMN trace_parent text; -- W3C Trace Context; null: not traced
