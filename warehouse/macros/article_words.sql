-- The words of a text as search sees them: lower case, one form for letters and digits that look the same in Urdu
-- and Arabic, without vowel marks; letters and digits are words apart (F-16, F16 and F 16 are all f, 16).
-- The same letter forms as in tasks/text.py.
create or replace macro article_words(written) as
regexp_extract_all(
    regexp_replace(
        translate(
            lower(nfc_normalize(written)),
            'يىېكڪهۂۀةۃەأإٱ٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹',
            'یییککہہہہہہااا01234567890123456789'
        ),
        '[\x{0610}-\x{061a}\x{0640}\x{064b}-\x{065f}\x{0670}\x{06d6}-\x{06ed}\x{061c}\x{00ad}\x{200b}-\x{200f}\x{202a}-\x{202e}\x{2060}-\x{2069}\x{feff}]',
        '',
        'g'
    ),
    '[\p{L}\p{M}]+|\p{N}+'
);
