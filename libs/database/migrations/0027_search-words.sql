-- Words inside words for scripts that are written without spaces, spellings with and without a hyphen, half-width forms,
-- vowel marks, capitals of Greek, and pictures. What a text becomes here, a search becomes too.
CREATE FUNCTION tasks.folded(content text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
  RETURN CASE WHEN content ~ '[^\u0001-\u007f]' THEN translate(
    regexp_replace(normalize(content, NFKC),
      '[\u00ad\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed\u200d\ufe0e\ufe0f\U0001f3fb-\U0001f3ff]',
      '', 'g'),
    'ς', 'σ') ELSE content END;
COMMENT ON FUNCTION tasks.folded IS 'The text in one Unicode form (NFKC), without vowel marks, soft hyphens and tones of skin, and with one sigma';
--> statement-breakpoint
CREATE FUNCTION tasks.pairs(run text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
  RETURN (SELECT string_agg(pair, ' ' ORDER BY place)
    FROM (SELECT place, each || lead(each) OVER (ORDER BY place) AS pair
      FROM unnest(string_to_array(run, NULL)) WITH ORDINALITY AS characters (each, place)) AS neighbours
    WHERE pair IS NOT NULL);
COMMENT ON FUNCTION tasks.pairs IS 'Each two neighbours of a run of characters: a word in it is a phrase of them';
--> statement-breakpoint
-- The words that belong to no place of the text come after it: written as one word what has a hyphen, an apostrophe or a
-- non-joiner in it, and of a run its beginning (which the release before looks for) and its last character.
CREATE FUNCTION tasks.search_words(content text, is_query boolean) RETURNS text LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
DECLARE
  joints constant text := '[-\u2010''\u2019\u200c]';
  -- Thai, Lao, Myanmar, Khmer, kana and Han are written without spaces.
  spaceless constant text := '\u0e01-\u0eff\u1000-\u109f\u1780-\u17d3\u3005\u3007\u3041-\u3096\u309d-\u309f\u30a1-\u30fa\u30fc-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff';
  -- Each becomes a word of its own, such as x1f382.
  pictures constant text := '\u2190-\u21ff\u2300-\u27bf\u2900-\u297f\u2b00-\u2bff\U0001f000-\U0001fbff';
  words text;
  joined text;
  runs text;
BEGIN
  -- Most texts have nothing of all this.
  IF content !~ '[^\u0001-\u007f]|[[:alnum:]][-''][[:alnum:]]' THEN
    RETURN regexp_replace(content, '[^[:alnum:] ]', ' ', 'g');
  END IF;
  words := tasks.folded(content);
  IF NOT is_query AND words ~ ('[[:alnum:]]' || joints || '[[:alnum:]]') THEN
    SELECT string_agg(regexp_replace(match[1], joints, '', 'g'), ' ') INTO joined
      FROM regexp_matches(words, '[[:alnum:]]+(?:' || joints || '[[:alnum:]]+)+', 'g') AS matches (match);
  END IF;
  IF words ~ ('[' || spaceless || ']') THEN
    SELECT string_agg(coalesce(match[2], ' ' || CASE WHEN length(match[1]) = 1 THEN match[1] ELSE tasks.pairs(match[1]) END || ' '), '' ORDER BY place),
        string_agg(left(match[1], 30) || ' ' || right(match[1], 1), ' ') FILTER (WHERE length(match[1]) > 1)
      INTO words, runs
      FROM regexp_matches(words, '([' || spaceless || ']+)|([^' || spaceless || ']+)', 'g')
        WITH ORDINALITY AS matches (match, place);
  END IF;
  IF words ~ ('[' || pictures || ']') THEN
    SELECT string_agg(coalesce(match[2], ' x' || to_hex(ascii(match[1])) || ' '), '' ORDER BY place) INTO words
      FROM regexp_matches(words, '([' || pictures || '])|([^' || pictures || ']+)', 'g')
        WITH ORDINALITY AS matches (match, place);
  END IF;
  IF NOT is_query THEN words := concat_ws(' ', words, joined, runs); END IF;
  RETURN regexp_replace(words, '[^[:alnum:] \u0300-\u036f' || spaceless || ']', ' ', 'g');
END $$;
COMMENT ON FUNCTION tasks.search_words IS 'The words that a text is found by, or those that a search looks for';
--> statement-breakpoint
-- Plain replacements take a sixth of the time of a regular expression for each word.
CREATE FUNCTION tasks.own_search_words(user_id uuid, content text, is_query boolean) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
  RETURN replace(
    replace(replace(replace(rtrim(' ' || tasks.search_words(content, is_query)), '  ', ' '), '  ', ' '), '  ', ' '),
    ' ', ' u' || right(user_id::text, 8));
COMMENT ON FUNCTION tasks.own_search_words IS 'These words, each with its user before it (see own_words, which searches of the release before use)';
CREATE OR REPLACE FUNCTION tasks.search_document(user_id uuid, created_at timestamptz, title text, tags text[], category text, description text)
  RETURNS tsvector LANGUAGE sql IMMUTABLE PARALLEL SAFE
  RETURN setweight(to_tsvector('tasks.words', tasks.own_search_words(user_id, title, false)), 'A')
    || setweight(to_tsvector('tasks.words', tasks.own_search_words(user_id, concat_ws(' ', array_to_string(tags, ' '), category), false)), 'B')
    || setweight(to_tsvector('tasks.words', tasks.own_search_words(user_id, description, false)), 'C')
    || array_to_tsvector(ARRAY['u' || right(user_id::text, 8) || '@' || to_char(created_at AT TIME ZONE 'UTC', 'YYYYMMDD')]);
--> statement-breakpoint
-- The column is computed when a text changes. Of the tasks there are, a loop of chat-api computes those that it is another
-- for, in the order of their ids: until it has removed this row, they are found by the words of before.
CREATE TABLE tasks.search_refresh (
  id boolean PRIMARY KEY DEFAULT true CHECK (id),
  after uuid NOT NULL
);
COMMENT ON TABLE tasks.search_refresh IS 'Up to which id the column search of tasks has been computed again; no row: of all';
INSERT INTO tasks.search_refresh (after) SELECT '00000000-0000-0000-0000-000000000000' WHERE EXISTS (SELECT FROM tasks.tasks);
GRANT SELECT, UPDATE, DELETE ON tasks.search_refresh TO taskflow_chat_api;
