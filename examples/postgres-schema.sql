-- Bookings and decisions for 26-postgres-bookings.json and 27-postgres-results.json.
-- For PostgreSQL 12 and later. Run it once, in a database of its own, as the owner of that database:
--
--   psql --dbname=spa --file=postgres-schema.sql
--
-- It holds patient data. Give access only to those who need it, and back it up as you do your charts.
-- A second run changes nothing that is there.

BEGIN;

-- One row per booking. Your booking system or an import fills everything down to "services".
CREATE TABLE IF NOT EXISTS bookings (
	booking_id       text PRIMARY KEY CHECK (booking_id <> ''),
	-- Spakinect's ID of the location, from the Client Portal.
	location_id      text NOT NULL CHECK (location_id <> ''),
	first_name       text NOT NULL,
	last_name        text NOT NULL,
	email            text NOT NULL,
	phone            text NOT NULL,
	appointment_time timestamptz NOT NULL,
	-- With commas between, for example: Lip Flip, Cheek Filler
	services         text NOT NULL,

	-- "new" asks for an exam. The others are written by 26:
	-- "requesting" until the answer is noted, then what Spakinect answered, or "error".
	state            text NOT NULL DEFAULT 'new' CHECK (state IN (
		'new', 'requesting', 'requested', 'open_visit', 'already_cleared', 'no_exam_needed', 'error'
	)),
	requested_at     timestamptz,
	gfe_id           text,
	-- Why the state is what it is, for staff.
	note             text
);

CREATE INDEX IF NOT EXISTS bookings_to_request ON bookings (state) WHERE state IN ('new', 'requesting');
CREATE INDEX IF NOT EXISTS bookings_by_gfe ON bookings (gfe_id);

-- What the provider decided, one row per exam and treatment, written by 27.
-- A completed exam isn't an approval, and an approval doesn't count forever: Check Clearance decides.
CREATE TABLE IF NOT EXISTS decisions (
	gfe_id               text NOT NULL CHECK (gfe_id <> ''),
	treatment            text NOT NULL CHECK (treatment <> ''),
	decision             text NOT NULL CHECK (decision IN (
		'approved', 'conditionally_approved', 'deferred', 'undecided'
	)),
	-- False: decided without having been asked for.
	requested            boolean,
	status               text,
	evaluation_completed timestamptz,
	event_id             text,
	-- The event_id of the decision that staff have read about.
	told_event_id        text,
	PRIMARY KEY (gfe_id, treatment)
);

-- What isn't approved and staff haven't been told. 27 notes in told_event_id what Slack has taken, so a message
-- that Slack didn't take comes again, and a decision that changes comes once more.
CREATE OR REPLACE VIEW untold_decisions AS
	SELECT gfe_id, treatment, decision, event_id
	FROM decisions
	WHERE decision <> 'approved' AND told_event_id IS DISTINCT FROM event_id
	ORDER BY gfe_id, treatment;

-- Takes the bookings that need a request, and marks them in the same step: a second run at the same moment
-- gets none of them. What was taken 15 minutes ago and has no answer comes again, because that run was
-- interrupted. With an EMR key nobody is contacted twice then: 26 finds the open exam.
CREATE OR REPLACE FUNCTION take_new_bookings() RETURNS SETOF bookings LANGUAGE sql AS $$
	UPDATE bookings
	SET state = 'requesting', requested_at = now()
	WHERE booking_id IN (
		SELECT booking_id
		FROM bookings
		WHERE state = 'new'
			OR (state = 'requesting' AND requested_at < now() - interval '15 minutes')
		ORDER BY appointment_time
		LIMIT 100
		FOR UPDATE SKIP LOCKED
	)
	RETURNING *;
$$;

-- Each booking with its decisions; without names.
CREATE OR REPLACE VIEW booking_decisions AS
	SELECT b.booking_id, b.appointment_time, b.state, b.gfe_id, d.treatment, d.decision, d.evaluation_completed
	FROM bookings b
	LEFT JOIN decisions d ON d.gfe_id = b.gfe_id;

-- The role of n8n: it reads and writes rows, and changes no table. Set its password with
--   ALTER ROLE spakinect_n8n PASSWORD '...';
DO $$
BEGIN
	IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'spakinect_n8n') THEN
		CREATE ROLE spakinect_n8n LOGIN;
	END IF;
END
$$;
GRANT USAGE ON SCHEMA public TO spakinect_n8n;
GRANT SELECT, UPDATE ON bookings TO spakinect_n8n;
GRANT SELECT, INSERT, UPDATE ON decisions TO spakinect_n8n;
GRANT SELECT ON booking_decisions, untold_decisions TO spakinect_n8n;
GRANT EXECUTE ON FUNCTION take_new_bookings() TO spakinect_n8n;

COMMIT;
