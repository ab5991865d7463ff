-- How often things were done, for limits that hold over all nodes. Nothing here is worth keeping
-- after a crash, so nothing of it goes through the write-ahead log.
--
-- Time is cut into slots of `seconds`; what was done in the last `seconds` is taken to be what was
-- done in this slot, and of the slot before the share that still lies within them.
CREATE UNLOGGED TABLE rate_limits (
    key text PRIMARY KEY CHECK (char_length(key) <= 200),
    seconds integer NOT NULL CHECK (seconds > 0),
    -- How much is allowed, as of the last time it was asked.
    allowed integer NOT NULL,
    -- The number of the slot since 1970.
    slot bigint NOT NULL,
    current integer NOT NULL,
    previous integer NOT NULL
) WITH (fillfactor = 50);
