"""Words that say little about which event an article is on.

Weights of words usually come from how many articles of a collection have them.  In a warehouse that grows in any order
such counts would make the likeness of two articles depend on what else has come, so the weights are fixed: words that
only hold sentences together count nothing, the everyday vocabulary of news counts less than names and rare words.
"""

from __future__ import annotations

from typing import Final

from tasks.text import fold, normalize_urdu

# English words without content of their own, and counting words.
_FUNCTION = """
    a about above across added after again against all along also although always amid among an and another any
    are around as at be because been before behind being below between both but by can could d despite don down
    dr due during e each earlier eight even ever every few first five for four from further had has have he her
    here him his how however i if in including into is it it's its just later least less like m made many may me
    more most mr mrs ms much must my never nine no not now of off often on once one only or other our out over
    own per re s said same say saying says second seven several she should since six so some still such t ten
    than that the their them then there these they third this those though three through to today told tomorrow too
    toward towards two under until up upon us ve very was we were what when where whether which while who why
    will with within would yesterday yet you your
    """
FUNCTION: Final = frozenset(_FUNCTION.split())

# Urdu ones, with the everyday words of news in the same list: Urdu has no capitals to mark what is left as names.
_FUNCTION_UR = """
    آ آئی آئے آج آپ آیا اب اجلاس اس اعظم اعلان افراد ان انھوں انہوں انہیں اور اپنا اپنی اپنے اگر ایک بات بارے
    بتایا بعد بھی بہت بیان تاہم تمام تو تک تھا تھی تھے تین جا جائیں جائے جانب جب جبکہ جس جو حوالے حکومت خبر خلاف
    درمیان دن دو دوران دوسری دوسرے دی دیا دیگر دیں دیے ذریعے روز رپورٹ رکھنے رہا رہی رہے زیادہ سابق ساتھ سال سب
    سکتا سکتی سے صدر صرف طرف علاوہ فیصلہ لئے لوگ لوگوں لی لیا لیکن لیے لے ماہ مزید مطابق معاملے ملک مگر میں نہیں
    نے واضح والا والی والے وجہ وزیر وزیراعظم وزیرِ وقت وہ پانچ پاکستان پر پولیس پھر پہلے چار چاہیے کئی کا کام کر
    کرتا کرتی کرتے کرنا کرنے کروں کریں کسی کل کم کو کوئی کچھ کہ کہا کی کیا کیسے کیوں کے گئی گئے گا گزشتہ گی گیا
    ہر ہم ہو ہوئی ہوئے ہوا ہوتا ہوتی ہوتے ہوں ہی ہیں ہے یاد یعنی یہ
    """
FUNCTION_UR: Final = frozenset(normalize_urdu(fold(word)) for word in _FUNCTION_UR.split())

# The everyday vocabulary of news in English.
_EVERYDAY = """
    academic access accompanied according account accused action actions activities activity adding address
    addressing administration administrative affected agencies aggression ago agreed agreement agriculture ahead
    aimed aims air alleged allegedly alongside already announced annual anti appeared appointed approach
    approval approved april area areas argued armed arrangements arrest arrested arrived art asked assembly
    association attack attacked attacks attempt attended august authorities authority average awareness away
    back backed ball ban banned based basis became become began bench best better bid big biggest bilateral
    billion bodies body boost border break briefing bring bringing broader brought budget building built
    business cabinet call called calling calls came campaign capacity capital captain car career carried
    carrying case cases cash cause caused ceasefire cent central ceremony chaired challenge challenges champion
    change charge charges chief child children cities citizens city civil claim claimed claims class clean clear
    climate close closed coach collaboration come comes coming comment comments commercial commissioner
    commitment community companies compared competition complaint complete completed comprehensive comprising
    concern concerned concerns concluded condemned condition conditions conduct conducted conference confidence
    confirmed conflict constitutional construction consumers continue continued continues control cooperation
    core corruption cost costs council counsel counter countries country course court crime crisis critical
    criticised crucial cultural culture current currently cut daily data day days dead deal death decades
    deceased december decided decision declared decline deep defence delay delegation delivered demand demanded
    demands department departments deputy described detailed details development dialogue did died different
    difficult digital diplomatic direct directed directives discuss discussed discussions dismissed dispute
    distribution district districts does domestic drive driven driver drop drug duty early economic economy
    education educational effective effort efforts election elections electricity emerged emergency emphasised
    emphasized employees end ended energy enforcement enhance enhancing ensure ensuring entire environment
    environmental era especially essential established establishment estimated evening event events evidence
    exchange expected experts export expressed extended face faced faces facilities facility facing failed
    failure families family fans far father february federal fell field figures filed film final financial fire
    fiscal focus focused followed following food force forces foreign form formal former forward found founder
    fourth framework free fresh friday friendly front fuel full fully funding funds future game gas gathered
    gathering gave general get give given global goals going gold good got government granted great green ground
    group groups growing growth half handed having head health healthcare heard hearing heart heat heavy held
    help high higher highest highlighted highlighting highly historic history hit hold holding holds home honour
    hope hospitals hosted hours human hundreds identified illegal image immediate immediately impact
    implementation import importance important imposed improve improving incident incidents include included
    includes inclusive income increase increased increasing individuals industrial industries industry inflation
    information informed infrastructure initial initiated initiative initiatives injured injuries instead
    institutions intelligence interest internal international interview introduced investigation investment
    investors involved involving issue issued issues items january joint judicial july june jurisdiction keep
    key killed killing known lack land large largest last late latest launch launched law laws lead leader
    leaders leadership leading led left legal letter level levels life light likely limited line little lives
    local located long loss lost low lower main maintain major majority make making man managed march mark
    marked market markets marking marks massive match matches matter measures media medical meet meeting member
    members men message met military million minister ministry minor minutes model modern moment monday money
    month months morning motorcycle move movement multiple murder mutual named nation national near nearly need
    needs negotiations new newly news next night non noted notice notification november nuclear number observed
    occasion occurred october offer offered office officers official officially officials oil old ongoing online
    open opened opening operation operational operations opportunities opportunity opposition order ordered
    orders organised others outside overall paid pakistan pakistani panel parliamentary part participants
    participated participation particularly parties partnership parts party passed past pay peace people percent
    performance period person personnel petition phase pk place plan plans platform play played player players
    playing point points police policies policy political poor population position positive possible post posted
    potential power powerful powers praised pre presence present presented president press pressure previous
    price prices prime private problems process production programme programmes progress project projects
    promote promoting proposed protect protection protest protests provide provided province provincial public
    push put quality questions rain rainfall raise raised raising rally range rapidly rate rates rather reach
    reached real received receiving recent recently record recorded recovered recovery red reduce reflects
    reforms regarding region regional regions registered registration rejected related relations release
    released relevant relief religious remain remained remains report reported reportedly reporters reports
    representational representatives resident residential residents resilience resolution resolve resources
    response responsible result resulting return returned revealed review reviewed right rights rise rising risk
    role rose round rule rules ruling run runs safe safety sale sales saturday saw scale scene scheduled school
    schools search season secretary section sector sectors security see seek seeking seeks seen senior sent
    separate september series serious service services session set severe share shared sharp shifted short shot
    show showed showing shows side sides signed significant significantly single sit site sites situation small
    social society son soon sought sources southern speaking special speech spokesman spokesperson spot
    stability staff stage stakeholders stand standards standing star start started starting state stated
    statement stating step steps stop strategic strategy street strengthen stressed strict strike strikes strong
    strongly student students submitted success successful successfully summer sunday supply support surge
    suspect suspected suspects suspended sustainable sustained system systems take taken taking talks target
    targeted targeting tariff tariffs tax taxes team teams tech technical technology tensions term termed
    territory terrorism terrorist think thousands threat threats thursday ties time times title titled together
    took top total tour tournament trade traffic training transport treatment trillion trust tuesday turned
    understanding unidentified unit united unity universities upcoming urban urged urgent use used using various
    vehicle vehicles via victim victims victory video view village violence vision visit visited vital want war
    warned warning warns waste water way weapons weather wednesday week weeks welcomed well went whose
    widespread wife win winning without witnessed woman women won work workers working works world worth year
    years young youth
    """
EVERYDAY: Final = frozenset(_EVERYDAY.split())
