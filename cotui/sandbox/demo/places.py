"""Where the demo's customers live: a few countries, their cities, streets, money and tax.

In patterns `#` stands for a digit and `@` for an upper-case letter. The places are real, the addresses are not.
Tax rates are whole millionths, so that taxes are computed in integers.
"""

from __future__ import annotations

from typing import NamedTuple


class Place(NamedTuple):
    """One country: how its people write addresses and what they pay in."""

    #: as stored in bill_country; free text in ChargeOver, hence "US" and "USA" beside "United States"
    country: str
    currency: str
    tax_name: str
    #: tax in millionths of the taxable amount
    tax_ppm: int
    phone: str
    #: key into the names of people and firms (names.py)
    culture: str
    #: (city, state or province, postcode pattern)
    cities: tuple[tuple[str, str, str], ...]
    #: street line; {n} is the house number
    streets: tuple[str, ...]


def _place(country: str, cities: str, streets: str) -> Place:
    """A country as texts: its other fields, cities and streets, each parted by semicolons."""
    name, currency, tax_name, tax_ppm, phone, culture = country.split("; ")
    found = [city.split(", ") for city in cities.split("; ")]
    return Place(
        name,
        currency,
        tax_name,
        int(tax_ppm),
        phone,
        culture,
        tuple((city, state.strip(), postcode) for city, state, postcode in found),
        tuple(streets.split("; ")),
    )


_US_CITIES = (
    "Burlington, VT, 0540#; Portland, OR, 972##; Austin, TX, 787##; Minneapolis, MN, 554##; "
    "Chicago, IL, 606##; Hamden, CT, 0651#; Denver, CO, 802##; San Diego, CA, 921##; "
    "Brooklyn, NY, 112##; Ann Arbor, MI, 4810#; Truth or Consequences, NM, 87901; "
    "Raleigh, NC, 276##"
)
_US_STREETS = (
    "{n} Main Street; {n} Wintergreen Avenue; {n} Cowles Road; {n} Mill Pond Lane; "
    "{n} Commerce Park Drive; {n} N 4th Street; {n} Old Post Road; {n} Industrial Parkway"
)

PLACES: dict[str, Place] = {
    "us": _place("United States; USD; Sales tax; 62500; +1 555 01#-####; en", _US_CITIES, _US_STREETS),
    "usa": _place("USA; USD; Sales tax; 70000; 555-01#-####; en", _US_CITIES, _US_STREETS),
    "us2": _place("US; USD; ; 0; (555) 01#-####; en", _US_CITIES, _US_STREETS),
    "ca": _place(
        "Canada; CAD; HST; 130000; +1 555 02#-####; en",
        "Toronto, ON, M5@ #@#; Ottawa, ON, K1@ #@#; Vancouver, BC, V6@ #@#; Calgary, AB, T2@ #@#; "
        "Halifax, NS, B3@ #@#; St. John's, NL, A1@ #@#",
        "{n} King Street West; {n} Bloor Street; {n} Granville Street; {n} Lakeshore Road; {n} Water Street",
    ),
    "qc": _place(
        "Canada; CAD; TPS/TVQ; 149750; +1 555 03#-####; fr",
        "Montréal, QC, H2@ #@#; Québec, QC, G1@ #@#; Trois-Rivières, QC, G9@ #@#",
        "{n}, rue Sainte-Catherine Ouest; {n}, chemin Saint-Louis; {n}, boulevard René-Lévesque",
    ),
    "gb": _place(
        "United Kingdom; GBP; VAT; 200000; +44 1632 960###; en",
        "London, , SW1@ #@@; Leeds, West Yorkshire, LS1 #@@; Bristol, , BS1 #@@; "
        "Edinburgh, , EH1 #@@; Llanfairpwllgwyngyll, Anglesey, LL61 #@@",
        "{n} High Street; {n} Station Road; Unit {n}, Canal Wharf; {n} Mill Lane; {n} Church Row",
    ),
    "ie": _place(
        "Ireland; EUR; VAT; 230000; +353 20 91#####; en",
        "Dublin, , D0# @@##; Cork, , T12 @@##; Dún Laoghaire, , A96 @@##",
        "{n} Grand Parade; {n} Merrion Row; {n} Harbour Road",
    ),
    "de": _place(
        "Germany; EUR; MwSt; 190000; +49 30 23125###; de",
        "Berlin, , 10###; München, , 803##; Köln, , 506##; Hamburg, , 204##; Görlitz, , 0282#",
        "Hauptstraße {n}; Müllerstraße {n}; Am Gewerbepark {n}; Friedrich-Ebert-Allee {n}; Lindenweg {n}",
    ),
    "fr": _place(
        "France; EUR; TVA; 200000; +33 1 99 00 ## ##; fr",
        "Paris, , 750##; Lyon, , 690##; Nîmes, , 30000; Besançon, , 25000",
        "{n}, rue de la République; {n} bis, avenue Foch; {n}, place de l'Église; {n}, quai des Chartrons",
    ),
    "nl": _place(
        "Netherlands; EUR; BTW; 210000; +31 85 0123###; nl",
        "Amsterdam, , 10## @@; Utrecht, , 35## @@; 's-Hertogenbosch, , 52## @@",
        "Keizersgracht {n}; Stationsplein {n}; Oude Haven {n}",
    ),
    "es": _place(
        "Spain; EUR; IVA; 210000; +34 910 55 ## ##; es",
        "Madrid, , 280##; A Coruña, , 150##; Málaga, , 290##",
        "Calle Mayor, {n}; Avenida de la Constitución, {n}; Plaza de España, {n}",
    ),
    "pl": _place(
        "Poland; EUR; VAT; 230000; +48 22 555 0###; pl",
        "Łódź, , 90-###; Kraków, , 30-###; Gdańsk, , 80-###",
        "ul. Piotrkowska {n}; ul. Długa {n}; al. Jana Pawła II {n}",
    ),
    "gr": _place(
        "Greece; EUR; ΦΠΑ; 240000; +30 21 5500 ####; el",
        "Αθήνα, , 10# ##; Θεσσαλονίκη, , 54# ##",
        "Ερμού {n}; Λεωφόρος Νίκης {n}",
    ),
    "jp": _place(
        "Japan; JPY; 消費税; 100000; +81 3-5550-####; ja",
        "千代田区, 東京都, 100-####; 大阪市北区, 大阪府, 530-####; 札幌市, 北海道, 060-####",
        "丸の内{n}丁目1-9; 梅田{n}-2-2; 北一条西{n}",
    ),
    "kw": _place(
        "Kuwait; KWD; ; 0; +965 2220 ####; ar",
        "مدينة الكويت, العاصمة, 130##; السالمية, حولي, 220##",
        "شارع سالم المبارك {n}; شارع فهد السالم {n}",
    ),
    "il": _place(
        "Israel; USD; מע״מ; 180000; +972 3-550-####; he",
        "תל אביב, , 61#####; חיפה, , 31#####",
        "רחוב הרצל {n}; שדרות רוטשילד {n}",
    ),
    "ua": _place(
        "Ukraine; EUR; ПДВ; 200000; +380 44 555 ####; uk",
        "Київ, , 010##; Львів, , 790##; Одеса, , 650##",
        "вул. Хрещатик, {n}; вул. Дерибасівська, {n}",
    ),
    "th": _place(
        "Thailand; USD; VAT; 70000; +66 2 055 ####; th",
        "กรุงเทพมหานคร, , 101##; เชียงใหม่, , 502##",
        "{n} ถนนสุขุมวิท; {n} ถนนนิมมานเหมินท์",
    ),
    "in": _place(
        "India; USD; GST; 180000; +91 80 5550 ####; hi",
        "नई दिल्ली, दिल्ली, 1100##; मुंबई, महाराष्ट्र, 4000##",
        "{n} महात्मा गांधी मार्ग; {n} नेहरू रोड",
    ),
    "cn": _place(
        "China; USD; 增值税; 60000; +86 21 5550 ####; zh",
        "上海市, , 2000##; 深圳市, 广东省, 5180##",
        "南京路{n}号; 深南大道{n}号",
    ),
    "kr": _place(
        "South Korea; USD; 부가세; 100000; +82 2-555-####; ko",
        "서울특별시, , 045##; 부산광역시, , 480##",
        "테헤란로 {n}; 중앙대로 {n}",
    ),
}

#: Which share of the customers lives where: place keys, repeated by weight.
_WEIGHTS = (
    "us:34 usa:4 us2:3 ca:12 qc:3 gb:9 ie:2 de:7 fr:4 nl:3 es:2 pl:2 gr:1 jp:4 kw:2 il:1 ua:1 "
    "th:1 in:2 cn:2 kr:1"
)
WEIGHTED: tuple[str, ...] = tuple(
    key for key, weight in (pair.split(":") for pair in _WEIGHTS.split()) for _ in range(int(weight))
)
