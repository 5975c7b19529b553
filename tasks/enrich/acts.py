"""Words that show one side doing or saying something: the 'distinct act' of the relevance guideline."""

from __future__ import annotations

from tasks.enrich.wordlist import wordset

ACTS = wordset(
    """said says say told tells stated announced announces urged urges urge warned warns condemned
    condemns praised praises lauded thanked thanks welcomed hailed hails rejected rejects denied
    denies accused accuses claimed claims demanded called calls asked asks met meets meet meeting
    hosted hosts hosting received visited visits visit visiting arrived talks dialogue discussed
    discusses discuss phoned telephoned spoke speak agreed agrees signed signs sign sanctioned
    sanctions sanction imposed imposes suspended suspends lifted banned bans approved approves sold
    sells sell sale supplied provided provides funded donated pledged offered offers offer mediated
    mediates mediate brokered broker facilitated invited invites negotiated negotiate negotiations
    deported designated designates summoned protested appreciated expressed reaffirmed reiterated
    stressed sought seeks attended addressed lobbied exported imported exports imports invest
    investment cooperation partnership agreement deal tariff tariffs aid assistance visa visas
    letter resolution recommended nominated conveyed responded backed supports supported deputed کہا
    کہنا بتایا ملاقات دورہ دورے مطالبہ زور مذمت خیرمقدم شکریہ تردید مسترد الزام خبردار پیشکش ثالثی
    معاہدہ معاہدے پابندی پابندیاں امداد تعاون تعلقات مذاکرات بات گفتگو رابطہ فون خط قرارداد ویزا
    ویزے حملہ حملے ڈرون اعلان اظہار کردار افسوس درخواست اپیل تشویش دعوت منظوری معطل شراکت سرمایہ"""
)
# Between the two names, these make one thing of them: Pak-US, Pakistan and the United States, پاک امریکا
PAIR_BETWEEN = frozenset(
    ("", "and", "the", "with", "to", "s", "from", "اور", "کے", "کا", "کی", "کو", "سے", "نے", "میں")
)

# a market report names Wall Street or the Fed as a cause in a clause: passing at most
MARKET = wordset(
    """psx kse kse-100 tola bullion interbank basis points intraday investors shares index stocks
    bourse gram ounce futures rupee closed traded trading انٹربینک تولہ اسٹاک انڈیکس پوائنٹس"""
)
SPORT = wordset(
    """cricket wicket wickets batsman batter bowler innings odi t20 t20i psl squash hockey football
    tournament championship medal کرکٹ وکٹ اننگز میچ ٹورنامنٹ"""
)
# Pakistan without being named: its towns, its money, its stock exchange
WEAK_PK = wordset(
    """karachi lahore peshawar quetta rawalpindi hyderabad faisalabad multan sindh balochistan punjab
    khyber rupee psx sbp کراچی لاہور پشاور کوئٹہ راولپنڈی سندھ بلوچستان پنجاب روپے"""
)
