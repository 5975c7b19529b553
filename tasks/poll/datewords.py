"""Words of dates: month names in the languages of the feeds, zone abbreviations, clock words."""

from __future__ import annotations

# Per month: English, French, German, Spanish, Portuguese, Italian, Dutch, Turkish, Indonesian,
# Russian, Urdu, Persian, Arabic (Egyptian and Levantine), Hindi, Bengali; accents and dots are
# folded before the look-up.  A word of three Latin letters is a prefix that no two months share.
_MONTHS = (
    "jan january janvier janv januar jaenner janner enero ene janeiro gennaio"
    " gen januari ocak oca января янв جنوری ژانویه يناير ینایر जनवरी"
    " জানুয়ারি",
    "feb february fevrier fevr februar febrero fevereiro fev febbraio"
    " februari subat sub февраля фев فروری فوریه فبراير فبرایر شباط फरवरी"
    " ফেব্রুয়ারি",
    "mar march mars marz maerz marzo marco maart mrt mart maret марта мар مارچ مارس آذار मार्च মার্চ",
    "apr april avril avr abril abr aprile nisan nis апреля апр اپریل آوریل أبريل ابريل ابریل نيسان अप्रैल এপ্রিল",
    "may mai mayo maio maggio mag mei mayis мая май مئی مه مايو مایو أيار मई মে",
    "jun june juin juni junio junho giugno giu haziran haz июня июн جون ژوئن يونيو یونیو حزيران जून জুন",
    "jul july juillet juil juli julio julho luglio lug temmuz tem июля июл جولائی ژوئیه يوليو یولیو تموز जुलाई জুলাই",
    "aug august aout agosto ago augustus agustos agu agustus августа авг اگست اوت أغسطس اغسطس آب अगस्त আগস্ট",
    "sep sept september septembre septiembre setembro set settembre eylul eyl"
    " сентября сен ستمبر سپتامبر سبتمبر أيلول सितंबर সেপ্টেম্বর",
    "oct october octobre oktober okt octubre outubro out ottobre ott ekim eki"
    " октября окт اکتوبر اکتبر أكتوبر اكتوبر अक्टूबर অক্টোবর",
    "nov november novembre noviembre novembro kasim kas ноября ноя نومبر نوامبر نوفمبر नवंबर নভেম্বর",
    "dec december decembre dezember dez diciembre dic dezembro dicembre"
    " aralik ara desember des декабря дек دسمبر دسامبر ديسمبر دیسمبر दिसंबर"
    " ডিসেম্বর",
)
MONTHS: dict[str, int] = {word: number for number, words in enumerate(_MONTHS, start=1) for word in words.split()}

# Minutes east of UTC.
ZONES: dict[str, int] = {
    "z": 0, "ut": 0, "utc": 0, "gmt": 0, "wet": 0,
    "est": -300, "edt": -240, "cdt": -300, "mst": -420, "mdt": -360, "pdt": -420,
    "akst": -540, "akdt": -480, "hst": -600, "nst": -210, "adt": -180, "brt": -180,
    "cet": 60, "cest": 120, "mez": 60, "mesz": 120, "met": 60, "west": 60, "eet": 120, "eest": 180,
    "msk": 180, "trt": 180, "sast": 120, "eat": 180, "wat": 60, "cat": 120,
    "pkt": 300, "pkst": 360, "aft": 270, "irst": 210, "irdt": 270, "npt": 345, "uzt": 300, "tjt": 300,
    "bdt": 360, "hkt": 480, "sgt": 480, "awst": 480, "wib": 420, "ict": 420, "myt": 480, "pht": 480,
    "jst": 540, "kst": 540, "aest": 600, "aedt": 660, "acst": 570, "acdt": 630, "nzst": 720, "nzdt": 780,
}  # fmt: skip

# Abbreviations that two zones use: the usual reading in feeds first, then the others.
AMBIGUOUS: dict[str, tuple[int, ...]] = {
    "pst": (-480, 300, 480),  # Pacific; Pakistan Standard Time; Philippine
    "ist": (330, 60, 120),  # India; Irish Summer; Israel
    "cst": (-360, 480, -300),  # US Central; China; Cuba
    "bst": (60, 360),  # British Summer; Bangladesh
    "ast": (-240, 180),  # Atlantic; Arabia
    "gst": (240, -120),  # Gulf; South Georgia
}

# Words that move the clock by half a day.  The Urdu and Arabic words say which half.
AM = frozenset({"am", "a", "صبح", "ص"})
PM = frozenset({"pm", "p", "شام", "م", "دوپہر"})
