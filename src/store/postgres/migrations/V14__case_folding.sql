-- Names and texts are compared by full case folding: 'ß' as 'ss', 'ς' as 'σ'. Keys of before had these letters as they are.
CREATE FUNCTION pg_temp.refold(text) RETURNS text LANGUAGE sql IMMUTABLE AS $$
    SELECT 
    replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace($1,
    'ß', 'ss'), 'ͅ', 'ι'), 'ς', 'σ'), 'ᲀ', 'в'), 'ᲁ', 'д'), 'ᲂ', 'о'), 'ᲃ', 'с'), 'ᲄ', 'т'), 'ᲅ', 'т'), 'ᲆ', 'ъ'),
    'ᲇ', 'ѣ'), 'ᲈ', 'ꙋ'), 'ᾀ', 'ἀι'), 'ᾁ', 'ἁι'), 'ᾂ', 'ἂι'), 'ᾃ', 'ἃι'), 'ᾄ', 'ἄι'), 'ᾅ', 'ἅι'), 'ᾆ', 'ἆι'), 'ᾇ',
    'ἇι'), 'ᾐ', 'ἠι'), 'ᾑ', 'ἡι'), 'ᾒ', 'ἢι'), 'ᾓ', 'ἣι'), 'ᾔ', 'ἤι'), 'ᾕ', 'ἥι'), 'ᾖ', 'ἦι'), 'ᾗ', 'ἧι'), 'ᾠ',
    'ὠι'), 'ᾡ', 'ὡι'), 'ᾢ', 'ὢι'), 'ᾣ', 'ὣι'), 'ᾤ', 'ὤι'), 'ᾥ', 'ὥι'), 'ᾦ', 'ὦι'), 'ᾧ', 'ὧι'), 'ᾲ', 'ὰι'), 'ᾳ',
    'αι'), 'ᾴ', 'άι'), 'ᾷ', 'ᾶι'), 'ῂ', 'ὴι'), 'ῃ', 'ηι'), 'ῄ', 'ήι'), 'ῇ', 'ῆι'), 'ῲ', 'ὼι'), 'ῳ', 'ωι'), 'ῴ',
    'ώι'), 'ῷ', 'ῶι')
$$;

-- Of two channels whose names are the same by now, both keep their keys.
UPDATE channels k SET name_key = pg_temp.refold(k.name_key) WHERE k.name_key ~ '[ßͅςᲀ-ᲈᾀ-ῼ]'
    AND NOT EXISTS (SELECT 1 FROM channels o WHERE o.chat_id <> k.chat_id
        AND pg_temp.refold(o.name_key) = pg_temp.refold(k.name_key));

UPDATE chats c SET name_key = pg_temp.refold(c.name_key) WHERE c.name_key ~ '[ßͅςᲀ-ᲈᾀ-ῼ]'
    AND NOT EXISTS (SELECT 1 FROM channels k WHERE k.chat_id = c.id AND k.name_key ~ '[ßͅςᲀ-ᲈᾀ-ῼ]');

UPDATE users u SET display_key = pg_temp.refold(u.display_key) WHERE u.display_key ~ '[ßͅςᲀ-ᲈᾀ-ῼ]';

UPDATE users u SET email_key = pg_temp.refold(u.email_key) WHERE u.email_key ~ '[ßͅςᲀ-ᲈᾀ-ῼ]'
    AND NOT EXISTS (SELECT 1 FROM users o WHERE o.id <> u.id AND pg_temp.refold(o.email_key) = pg_temp.refold(u.email_key));

-- Chats in which such letters were written are indexed anew.
CREATE TEMP TABLE refolded ON COMMIT DROP AS SELECT DISTINCT chat_id FROM messages WHERE content_key ~ '[ßͅςᲀ-ᲈᾀ-ῼ]';

UPDATE messages m SET content_key = pg_temp.refold(m.content_key) WHERE m.content_key ~ '[ßͅςᲀ-ᲈᾀ-ῼ]';

DELETE FROM message_text t USING indexed i
    WHERE i.chat_id IN (SELECT chat_id FROM refolded) AND t.place >= i.number << 32 AND t.place < (i.number + 1) << 32;

INSERT INTO to_index SELECT i.chat_id FROM indexed i WHERE i.chat_id IN (SELECT chat_id FROM refolded)
    ON CONFLICT (chat_id) DO NOTHING;

DELETE FROM indexed i WHERE i.chat_id IN (SELECT chat_id FROM refolded);
