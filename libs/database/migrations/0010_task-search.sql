-- Words are found whatever their case and accents. The function unaccent() is not immutable, the dictionary may be used
-- in a generated column all the same. Both extensions are trusted: no superuser is needed.
CREATE SCHEMA extensions;
GRANT USAGE ON SCHEMA extensions TO taskflow_chat_api;
CREATE EXTENSION unaccent SCHEMA extensions;
CREATE EXTENSION pg_trgm SCHEMA extensions;
CREATE TEXT SEARCH CONFIGURATION tasks.words (COPY = simple);
ALTER TEXT SEARCH CONFIGURATION tasks.words ALTER MAPPING FOR word, numword WITH extensions.unaccent, simple;
--> statement-breakpoint
-- Words are letters, digits and accents. Left to itself, the parser of Postgres takes "and/or" for the name of a file.
CREATE FUNCTION tasks.plain_words(content text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
  RETURN regexp_replace(content, '[^[:alnum:] \u0300-\u036f]', ' ', 'g');
COMMENT ON FUNCTION tasks.plain_words IS 'The text with each character that is of no word replaced by a space: what is found in it has the same place in the original';
-- Plain replacements take a sixth of the time of a regular expression for each word; what is left of long rows of spaces does no harm.
CREATE FUNCTION tasks.own_words(user_id uuid, content text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
  RETURN replace(
    replace(replace(replace(rtrim(' ' || tasks.plain_words(content)), '  ', ' '), '  ', ' '), '  ', ' '),
    ' ', ' u' || right(user_id::text, 8));
COMMENT ON FUNCTION tasks.own_words IS 'The words, each with its user before it, so that those of one person are one stretch of the index: how long a search takes does not depend on the tasks of others';
CREATE FUNCTION tasks.search_document(user_id uuid, created_at timestamptz, title text, tags text[], category text, description text)
  RETURNS tsvector LANGUAGE sql IMMUTABLE PARALLEL SAFE
  RETURN setweight(to_tsvector('tasks.words', tasks.own_words(user_id, title)), 'A')
    || setweight(to_tsvector('tasks.words', tasks.own_words(user_id, concat_ws(' ', array_to_string(tags, ' '), category))), 'B')
    || setweight(to_tsvector('tasks.words', tasks.own_words(user_id, description)), 'C')
    || array_to_tsvector(ARRAY['u' || right(user_id::text, 8) || '@' || to_char(created_at AT TIME ZONE 'UTC', 'YYYYMMDD')]);
COMMENT ON FUNCTION tasks.search_document IS 'The words of a task, and the day on which it was created: of many matches the index can be asked for the newest';
--> statement-breakpoint
ALTER TABLE tasks.tasks ADD COLUMN search tsvector NOT NULL
  GENERATED ALWAYS AS (tasks.search_document(user_id, created_at, title, tags, category, description)) STORED;
-- New entries are collected first, which halves what the index costs a write. Every search reads that list through and
-- whoever fills it up empties it, so it is kept short: 256 kB.
CREATE INDEX tasks_search ON tasks.tasks USING gin (search) WITH (gin_pending_list_limit = 256) WHERE deleted_at IS NULL;
CREATE INDEX tasks_by_due_date ON tasks.tasks (user_id, due_date, id) WHERE deleted_at IS NULL;
CREATE INDEX tasks_by_deletion ON tasks.tasks (deleted_at) WHERE deleted_at IS NOT NULL;
