-- Names and texts are compared by full case folding: 'ß' as 'ss', 'ς' as 'σ'. Keys of before had these letters as they are.
-- Of two channels whose names are the same by now, both keep their keys.
UPDATE OR IGNORE chats SET name_key = 
    replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(name_key,
    'ß', 'ss'), 'ͅ', 'ι'), 'ς', 'σ'), 'ᲀ', 'в'), 'ᲁ', 'д'), 'ᲂ', 'о'), 'ᲃ', 'с'), 'ᲄ', 'т'), 'ᲅ', 'т'), 'ᲆ', 'ъ'),
    'ᲇ', 'ѣ'), 'ᲈ', 'ꙋ'), 'ᾀ', 'ἀι'), 'ᾁ', 'ἁι'), 'ᾂ', 'ἂι'), 'ᾃ', 'ἃι'), 'ᾄ', 'ἄι'), 'ᾅ', 'ἅι'), 'ᾆ', 'ἆι'), 'ᾇ',
    'ἇι'), 'ᾐ', 'ἠι'), 'ᾑ', 'ἡι'), 'ᾒ', 'ἢι'), 'ᾓ', 'ἣι'), 'ᾔ', 'ἤι'), 'ᾕ', 'ἥι'), 'ᾖ', 'ἦι'), 'ᾗ', 'ἧι'), 'ᾠ',
    'ὠι'), 'ᾡ', 'ὡι'), 'ᾢ', 'ὢι'), 'ᾣ', 'ὣι'), 'ᾤ', 'ὤι'), 'ᾥ', 'ὥι'), 'ᾦ', 'ὦι'), 'ᾧ', 'ὧι'), 'ᾲ', 'ὰι'), 'ᾳ',
    'αι'), 'ᾴ', 'άι'), 'ᾷ', 'ᾶι'), 'ῂ', 'ὴι'), 'ῃ', 'ηι'), 'ῄ', 'ήι'), 'ῇ', 'ῆι'), 'ῲ', 'ὼι'), 'ῳ', 'ωι'), 'ῴ',
    'ώι'), 'ῷ', 'ῶι')
WHERE name_key GLOB '*[ßͅςᲀ-ᲈᾀ-ῼ]*';

UPDATE OR IGNORE users SET email_key = 
    replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(email_key,
    'ß', 'ss'), 'ͅ', 'ι'), 'ς', 'σ'), 'ᲀ', 'в'), 'ᲁ', 'д'), 'ᲂ', 'о'), 'ᲃ', 'с'), 'ᲄ', 'т'), 'ᲅ', 'т'), 'ᲆ', 'ъ'),
    'ᲇ', 'ѣ'), 'ᲈ', 'ꙋ'), 'ᾀ', 'ἀι'), 'ᾁ', 'ἁι'), 'ᾂ', 'ἂι'), 'ᾃ', 'ἃι'), 'ᾄ', 'ἄι'), 'ᾅ', 'ἅι'), 'ᾆ', 'ἆι'), 'ᾇ',
    'ἇι'), 'ᾐ', 'ἠι'), 'ᾑ', 'ἡι'), 'ᾒ', 'ἢι'), 'ᾓ', 'ἣι'), 'ᾔ', 'ἤι'), 'ᾕ', 'ἥι'), 'ᾖ', 'ἦι'), 'ᾗ', 'ἧι'), 'ᾠ',
    'ὠι'), 'ᾡ', 'ὡι'), 'ᾢ', 'ὢι'), 'ᾣ', 'ὣι'), 'ᾤ', 'ὤι'), 'ᾥ', 'ὥι'), 'ᾦ', 'ὦι'), 'ᾧ', 'ὧι'), 'ᾲ', 'ὰι'), 'ᾳ',
    'αι'), 'ᾴ', 'άι'), 'ᾷ', 'ᾶι'), 'ῂ', 'ὴι'), 'ῃ', 'ηι'), 'ῄ', 'ήι'), 'ῇ', 'ῆι'), 'ῲ', 'ὼι'), 'ῳ', 'ωι'), 'ῴ',
    'ώι'), 'ῷ', 'ῶι')
WHERE email_key GLOB '*[ßͅςᲀ-ᲈᾀ-ῼ]*';

-- Chats in which such letters were written are indexed anew.
CREATE TEMP TABLE refolded AS SELECT DISTINCT chat_id FROM messages WHERE content GLOB '*[ßẞͅςᲀ-ᲈᾀ-ῼ]*';

DELETE FROM message_text WHERE rowid IN (SELECT (i.number << 32) + m.seq FROM indexed i
    JOIN messages m ON m.chat_id = i.chat_id AND m.seq <= i.seq AND m.deleted_at IS NULL
    WHERE i.chat_id IN (SELECT chat_id FROM refolded));

INSERT OR IGNORE INTO to_index SELECT chat_id FROM indexed WHERE chat_id IN (SELECT chat_id FROM refolded);

DELETE FROM indexed WHERE chat_id IN (SELECT chat_id FROM refolded);

DROP TABLE refolded;
