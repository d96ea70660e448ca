"""Names for the demo: people and firms of several languages, and a showcase for the first screenful.

Families of first and last names are small on purpose; they are combined. `SHOWCASE` names the first customers
by hand, because they are what somebody sees first and what the screenshots show.
"""

from __future__ import annotations

from typing import NamedTuple


class Culture(NamedTuple):
    """How people and firms of one language are called."""

    first: tuple[str, ...]
    last: tuple[str, ...]
    #: firm names: {a} {b} words, {last} a family name
    patterns: tuple[str, ...]
    words_a: tuple[str, ...]
    words_b: tuple[str, ...]
    #: family name before given name
    family_first: bool = False


def _words(text: str) -> tuple[str, ...]:
    """The words of a text; "_" stands for a space within a word."""
    return tuple(word.replace("_", " ") for word in text.split())


_EN = Culture(
    _words(
        "Karli Keith Amelia Noah Priya Marcus Olivia Dwayne Grace Hannah Ibrahim Joan Kwame Lucy Miguel Nora "
        "Owen Penelope Quentin Rosa Samuel Tess Umar Violet Wendell Xavier Yvonne Zachary Bridget Callum"
    ),
    _words(
        "Marie Palmer Abbott Baker Castellanos Dunne Ellison Fitzgerald Gallagher Hughes Iverson Jackson Kaur "
        "Lindqvist MacLeod Nakamura O'Connor Patel Quigley Robinson Sinclair Thompson Underhill Vance Whitaker "
        "Xiong Young Zimmerman Featherstonehaugh St._Clair"
    ),
    (
        "{a} {b}",
        "{a} {b}, Inc.",
        "{a} {b} LLC",
        "{last} {b}",
        "{last} & Sons",
        "{a} {b} Group",
        "{last} {b} Ltd",
        "The {a} {b} Company",
    ),
    _words(
        "Alder Beacon Birch Bluebird Bridgewater Cascade Cedar Cobalt Copper Evergreen Falcon Fernwood Foxglove "
        "Granite Greenfield Harbor Highland Ironwood Juniper Kestrel Keystone Lakeside Lantern Larkspur Maple "
        "Meridian Northwind Oakline Orchard Pinecrest Quarry Redwood Ridgeline Riverbend Saltmarsh Silverline "
        "Slate Summit Tamarack Thistle Tidewater Twin_Peaks Valley Whitecap Wildflower Willow"
    ),
    _words(
        "Analytics Architects Bakery Books Brewing Catering Clinic Coffee Consulting Dental Design Electric Energy "
        "Fabrication Farms Fitness Foods Freight Hardware Hosting Interiors Labs Landscaping Legal Logistics Marine "
        "Media Mechanical Motors Networks Optical Outfitters Pharmacy Plumbing Press Properties Robotics Roofing "
        "Software Solar Studio Supply Systems Telecom Textiles Travel Veterinary"
    ),
)

CULTURES: dict[str, Culture] = {
    "en": _EN,
    "de": Culture(
        _words("Jürgen Anneliese Björn Claudia Käthe Lukas Mareike Sören Ulrike Wolfgang"),
        _words("Müller Schröder Weiß Großmann Bäcker Köhler Yıldız Freiherr_von_Hohenfels Jansen"),
        ("{last} {b} GmbH", "{a}{b} GmbH & Co. KG", "{last} & Söhne", "{a}-{b} AG", "Gebrüder {last} OHG"),
        _words("Nord Süd Rhein Elb Alpen Havel Stadt Wald Licht Stahl"),
        _words(
            "Bäckerei Druckerei Elektrotechnik Gebäudetechnik Logistik Maschinenbau Optik Verlag Werkzeuge"
        ),
    ),
    "fr": Culture(
        _words("Amélie Benoît Chloé Étienne François Gaëlle Hélène Loïc Noémie Zoé"),
        _words("Lefèvre Dubois Garçon Beauséjour Tremblay Gagné L'Écuyer Marchand Noël"),
        ("{b} {last}", "{last} et Fils", "{b} {a} S.A.R.L.", "{b} {a}", "Maison {last}"),
        _words("du_Fleuve de_l'Étoile du_Nord des_Érables Saint-Laurent de_la_Forêt"),
        _words("Boulangerie Imprimerie Librairie Menuiserie Crémerie Pépinière Quincaillerie Brûlerie"),
    ),
    "nl": Culture(
        _words("Anouk Bram Cornelis Femke IJsbrand Maartje Sjoerd Willemijn"),
        _words("de_Vries van_'t_Hoff Jansen Bakker van_der_Meer IJzerman Koning"),
        ("{last} {b} B.V.", "{a} {b}", "Gebroeders {last}"),
        _words("Oude Nieuwe Gouden Blauwe Hollandse Amstel"),
        _words("Bloemen Fietsen Scheepvaart Drukwerk Kaas Installaties"),
    ),
    "es": Culture(
        _words("Begoña Íñigo Jose\u0301 Lucía Martín Núria Óscar Ximena"),
        _words("García Muñoz Peña Ibáñez Echeverría Ordóñez Güell Yáñez"),
        ("{b} {last} S.L.", "{b} {a}", "Hermanos {last}, S.A.", "{last} y Asociados"),
        _words("del_Sur de_la_Montaña El_Niño Atlántica Ibérica"),
        _words("Panadería Cerámica Diseño Construcciones Imprenta Bodegas"),
    ),
    "pl": Culture(
        _words("Agnieszka Bartłomiej Grażyna Michał Świętosława Żaneta"),
        _words("Wiśniewska Kowalczyk Dąbrowski Szczęsny Brzęczyszczykiewicz Łukasik"),
        ("{b} {last} Sp. z o.o.", "{a} {b}", "{last} i Wspólnicy"),
        _words("Polska Śląska Bałtycka Złota Północna"),
        _words("Piekarnia Księgarnia Drukarnia Hurtownia Stolarnia"),
    ),
    "el": Culture(
        _words("Ελένη Γιώργος Δημήτρης Κατερίνα Νίκος Σοφία"),
        _words("Παπαδόπουλος Αγγελοπούλου Οικονόμου Ξενάκης Ψαρρός"),
        ("{b} {last} Α.Ε.", "{a} {b}", "Αφοί {last}"),
        _words("Αιγαίο Ολυμπία Ήλιος Θάλασσα"),
        _words("Εκδόσεις Τρόφιμα Ναυτιλιακή Ξυλεία"),
    ),
    "ja": Culture(
        _words("さくら 太郎 花子 健一 美咲 翔太 ゆうき 彩"),
        _words("佐藤 鈴木 高橋 田中 渡辺 山本 髙島 齋藤"),
        (
            "株式会社{a}{b}",
            "{a}{b}株式会社",
            "{last}{b}合同会社",
            "有限会社{last}{b}",
            "{a}{b}ソリューションズ",
        ),
        _words("東京 富士 さくら 日の出 北斗 あおぞら みらい 大和"),
        _words("商事 製作所 電機 システム 印刷 物流 食品 データセンター"),
        family_first=True,
    ),
    "zh": Culture(
        _words("伟 芳 秀英 娜 敏 静 丽 强"),
        _words("王 李 张 刘 陈 欧阳 司马 诸葛"),
        ("{a}{b}有限公司", "上海{a}{b}股份有限公司", "{last}氏{b}"),
        _words("华夏 长城 东方 金龙 博雅 恒信"),
        _words("科技 贸易 电子 物流 食品 软件"),
        family_first=True,
    ),
    "ko": Culture(
        _words("민준 서연 지후 하은 도윤 수아"),
        _words("김 이 박 최 정 남궁"),
        ("주식회사 {a}{b}", "{a}{b}(주)", "{last}씨네 {b}"),
        _words("한빛 대한 미래 푸른 새벽"),
        _words("전자 물산 유통 출판 소프트"),
        family_first=True,
    ),
    "ar": Culture(
        _words("محمد فاطمة عبدالله نورة يوسف مريم خالد ليلى"),
        _words("الصباح العنزي المطيري الرشيد الكندري بوحمد"),
        ("شركة {a} {b}", "مؤسسة {last} {b}", "{a} {b} ذ.م.م.", "مجموعة {last}"),
        _words("الخليج النور الواحة الريادة اللؤلؤة"),
        _words("للتجارة للاتصالات للمقاولات للأغذية للبرمجيات"),
    ),
    "he": Culture(
        _words("נועם תמר איתן שירה יעל אורי"),
        _words("כהן לוי מזרחי פרץ ביטון אברהם"),
        ('{a} {b} בע"מ', "{last} {b}", "{last} ובניו"),
        _words("גליל הכרמל תבור שקמה ארז"),
        _words("תוכנה שיווק מזון דפוס הנדסה"),
    ),
    "uk": Culture(
        _words("Олександр Наталія Ігор Олена Тарас Юлія Михайло Ґалина"),
        _words("Шевченко Коваленко Бондаренко Їжакевич Щербак Кравчук"),
        ("ТОВ «{a} {b}»", "{last} та партнери", "ПП «{b} {last}»"),
        _words("Дніпро Карпати Світанок Обрій"),
        _words("Друк Логістика Будсервіс Харчопром"),
    ),
    "th": Culture(
        _words("สมชาย สุดารัตน์ กิตติศักดิ์ พรทิพย์ ณัฐวุฒิ"),
        _words("ใจดี ศรีสุวรรณ วงศ์ใหญ่ แก้วมณี"),
        ("บริษัท {a}{b} จำกัด", "ห้างหุ้นส่วนจำกัด {last}{b}"),
        _words("สยาม ไทยรุ่งเรือง ช้างทอง น้ำใส"),
        _words("การค้า ก่อสร้าง คอมพิวเตอร์ อาหาร"),
    ),
    "hi": Culture(
        _words("आरव प्रिया राजेश सुनीता कृष्ण मीनाक्षी"),
        _words("शर्मा गुप्ता सिंह अय्यर चतुर्वेदी"),
        ("{a} {b} प्राइवेट लिमिटेड", "{last} एंड संस", "{last} {b}"),
        _words("भारत गंगा हिमालय सूर्य"),
        _words("उद्योग ट्रेडर्स सॉफ्टवेयर प्रकाशन"),
    ),
}


class ShowcaseCustomer(NamedTuple):
    """A customer of the showcase: its firm, its main contact and where it is."""

    company: str
    first: str
    last: str
    place: str


#: Customers 1 to 40. Customers with two or three hundred invoices are listed in customers.HEAVY.
SHOWCASE: tuple[ShowcaseCustomer, ...] = (
    ShowcaseCustomer("Northwind Analytics, Inc.", "Amelia", "Whitaker", "us"),
    ShowcaseCustomer("Maple Ridge Dental", "Keith", "Palmer", "ca"),
    ShowcaseCustomer("Bluebird Coffee Roasters", "Rosa", "Castellanos", "us"),
    ShowcaseCustomer("Köhler & Söhne Werkzeugbau GmbH", "Jürgen", "Köhler", "de"),
    ShowcaseCustomer("Harbor Freight Forwarding LLC", "Marcus", "Vance", "us"),
    ShowcaseCustomer("Librairie L'Écuyer", "Noémie", "L'Écuyer", "qc"),
    ShowcaseCustomer("Granite State Hosting", "Priya", "Patel", "us"),
    ShowcaseCustomer("Canal Wharf Studios Ltd", "Callum", "MacLeod", "gb"),
    ShowcaseCustomer("東京データセンター株式会社", "健一", "佐藤", "jp"),
    ShowcaseCustomer("Evergreen Veterinary Group", "Tess", "Ellison", "us"),
    ShowcaseCustomer("Bakker Scheepvaart B.V.", "Sjoerd", "Bakker", "nl"),
    ShowcaseCustomer("Twin Peaks Outfitters", "Nora", "Lindqvist", "ca"),
    ShowcaseCustomer("Redwood Legal Partners", "Joan", "Fitzgerald", "us"),
    ShowcaseCustomer("شركة الخليج للاتصالات", "نورة", "الصباح", "kw"),
    ShowcaseCustomer("Saltmarsh Brewing Company", "Owen", "Gallagher", "us"),
    ShowcaseCustomer("Foxglove & Thistle Florists", "Lucy", "Hughes", "gb"),
    ShowcaseCustomer("Cascade Robotics", "Samuel", "Nakamura", "us"),
    ShowcaseCustomer("Gagné Menuiserie", "Étienne", "Gagné", "qc"),
    ShowcaseCustomer("Lakeshore Telecom", "Grace", "Robinson", "ca"),
    ShowcaseCustomer("Cedar & Slate Architects", "Wendell", "Abbott", "us"),
    ShowcaseCustomer("Meridian Managed Services", "Hannah", "Thompson", "us"),
    ShowcaseCustomer("Dún Laoghaire Marine", "Bridget", "O'Connor", "ie"),
    ShowcaseCustomer("Beacon Street Pharmacy", "Dwayne", "Jackson", "us"),
    ShowcaseCustomer("Panadería García Hermanos", "Lucía", "García", "es"),
    ShowcaseCustomer("Highland Optical", "Violet", "Sinclair", "gb"),
    ShowcaseCustomer("Rocky Mountain Solar Co-op", "Miguel", "Baker", "us"),
    ShowcaseCustomer("ТОВ «Карпати Логістика»", "Олена", "Шевченко", "ua"),
    ShowcaseCustomer("Orchard Lane School District", "Yvonne", "Quigley", "us"),
    ShowcaseCustomer("Wiśniewska i Wspólnicy", "Agnieszka", "Wiśniewska", "pl"),
    ShowcaseCustomer("Tidewater Plumbing & Heating", "Zachary", "Young", "us"),
    ShowcaseCustomer("Halifax Harbour Tours", "Olivia", "Dunne", "ca"),
    ShowcaseCustomer("Lefèvre et Fils", "Benoît", "Lefèvre", "fr"),
    ShowcaseCustomer("Silverline Freight Systems", "Quentin", "Iverson", "us"),
    ShowcaseCustomer("Kestrel Software", "Xavier", "Xiong", "us"),
    ShowcaseCustomer("नमस्ते ट्रेडर्स प्राइवेट लिमिटेड", "मीनाक्षी", "शर्मा", "in"),
    ShowcaseCustomer("Willow Creek Farms", "Penelope", "Underhill", "us"),
    ShowcaseCustomer("St. John's Community Radio", "Noah", "Sinclair", "ca"),
    ShowcaseCustomer('תוכנה הכרמל בע"מ', "תמר", "כהן", "il"),
    ShowcaseCustomer("Ironwood Fabrication", "Umar", "Zimmerman", "us"),
    ShowcaseCustomer(
        "The Truth or Consequences Herald Tribune Publishing Company of New Mexico", "Ibrahim", "Kaur", "us"
    ),
)
