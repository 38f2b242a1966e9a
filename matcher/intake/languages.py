"""Names and codes of languages and countries.

Language codes are ISO 639-1; minority languages without a two-letter code have their ISO 639-3 code. Left out
are codes that staff write for something else: ``na`` (Nauruan) for *not known*, and ``si``, ``se``, ``ee``,
``ba``, ``ie``, ``sm`` (Sinhala, Northern Sami, Ewe, Bashkir, Interlingue, Samoan) for countries of that sign.
Countries are the members of the Council of Europe, Belarus and Kosovo, by ISO 3166-1 alpha-2 code: ``NA``,
Namibia elsewhere, is not among them.
"""

from __future__ import annotations

from matcher.intake.vocabulary import Vocabulary

_ISO_639_1 = (
    "aa ab ae af ak am an ar as av ay az be bg bh bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de "
    "dv dz el en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id "
    "ig ii ik io is it iu ja jv ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu "
    "lv mg mh mi mk ml mn mr ms mt my nb nd ne ng nl nn no nr nv ny oc oj om or os pa pi pl ps pt qu "
    "rm rn ro ru rw sa sc sd sg sk sl sn so sq sr ss st su sv sw ta te tg th ti tk tl tn to tr "
    "ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu "
)
_ISO_639_3 = "csb dsb fur hbs hsb lij lld lmo mwl nap rmn rmy rom rue rup scn sco sme srd szl vec vls zea"

# English, Dutch, Croatian, Czech, Hungarian, Italian, Portuguese, and the language's own name.
_LANGUAGE_NAMES = {
    "bg": "Bulgarian|bul|Bulgaars|bugarski|bulharština|bolgár|bulgaro|búlgaro|български",
    "bs": "Bosnian|bos|Bosnisch|bosanski|bosenština|bosnyák|bosniaco|bósnio",
    "ca": "Catalan|cat|Catalaans|katalonski|katalánština|katalán|catalano|catalão|català",
    "cs": "Czech|ces|cze|Tsjechisch|češki|čeština|cseh|ceco|checo|český",
    "cy": "Welsh|cym|Cymraeg",
    "da": "Danish|dan|Deens|danski|dánština|dán|danese|dinamarquês|dansk",
    "de": "German|deu|ger|Duits|njemački|němčina|német|tedesco|alemão|Deutsch",
    "el": "Greek|ell|gre|Grieks|grčki|řečtina|görög|greco|grego|ελληνικά",
    "en": "English|eng|Engels|engleski|angličtina|angol|inglese|inglês",
    "es": "Spanish|spa|Spaans|španjolski|španělština|spanyol|spagnolo|espanhol|español|castellano",
    "et": "Estonian|est|Ests|Estisch|estonski|estonština|észt|estone|estónio|eesti",
    "eu": "Basque|eus|Baskisch|baskijski|baskičtina|baszk|basco|euskara",
    "fi": "Finnish|fin|Fins|finski|finština|finn|finlandese|finlandês|suomi",
    "fr": "French|fra|fre|Frans|francuski|francouzština|francia|francese|francês|français",
    "fy": "Frisian|West Frisian|fry|Fries|Frysk|frizijski|fríština|fríz|frisone|frísio",
    "ga": "Irish|gle|Iers|irski|irština|ír|irlandese|irlandês|Gaeilge",
    "gl": "Galician|glg|galicijski|galicijština|galego",
    "hr": "Croatian|hrv|Kroatisch|hrvatski|chorvatština|horvát|croato|croata",
    "hu": "Hungarian|hun|Hongaars|mađarski|maďarština|magyar|ungherese|húngaro",
    "is": "Icelandic|isl|IJslands|islandski|islandština|izlandi|islandese|islandês|íslenska",
    "it": "Italian|ita|Italiaans|talijanski|italština|olasz|italiano",
    "lb": "Luxembourgish|ltz|Luxemburgs|luksemburški|lucemburština|luxemburgi|lussemburghese|luxemburguês",
    "lt": "Lithuanian|lit|Litouws|litavski|litevština|litván|lituano|lietuvių",
    "lv": "Latvian|lav|Lets|latvijski|lotyština|lett|lettone|letão|latviešu",
    "mk": "Macedonian|mkd|Macedonisch|makedonski|makedonština|macedón|macedone|macedónio|македонски",
    "mt": "Maltese|mlt|Maltees|malteški|maltština|máltai|maltês|Malti",
    "nl": "Dutch|nld|dut|Flemish|Nederlands|Vlaams|nizozemski|nizozemština|holland|olandese|neerlandese"
    "|neerlandês|holandês",
    "no": "Norwegian|nor|Noors|norveški|norština|norvég|norvegese|norueguês|norsk",
    "pl": "Polish|pol|Pools|poljski|polština|lengyel|polacco|polaco|polski",
    "pt": "Portuguese|por|Portugees|portugalski|portugalština|portugál|portoghese|português",
    "ro": "Romanian|ron|rum|Roemeens|rumunjski|rumunština|román|rumeno|romeno|română",
    "ru": "Russian|rus|Russisch|ruski|ruština|orosz|russo|русский",
    "sk": "Slovak|slk|Slowaaks|slovački|slovenština|szlovák|slovacco|eslovaco|slovenčina",
    "sl": "Slovenian|Slovene|slv|Sloveens|slovenski|slovinština|szlovén|sloveno|esloveno|slovenščina",
    "sq": "Albanian|sqi|alb|Albanees|albanski|albánština|albán|albanese|albanês|shqip",
    "sr": "Serbian|srp|Servisch|srpski|srbština|szerb|serbo|sérvio|српски",
    "sv": "Swedish|swe|Zweeds|švedski|švédština|svéd|svedese|sueco|svenska",
    "tr": "Turkish|tur|Turks|turski|turečtina|török|turco|Türkçe",
    "uk": "Ukrainian|ukr|Oekraïens|ukrajinski|ukrajinština|ukrán|ucraino|ucraniano|українська",
    "ar": "Arabic|ara|Arabisch|arapski|arabština|arab|arabo|árabe",
    "zh": "Chinese|zho|chi|Chinees|kineski|čínština|kínai|cinese|chinês",
    "sc": "Sardinian|Sardisch|sardo",
    "fur": "Friulian|friulano|furlan",
    "lld": "Ladin|ladino|ladinisch",
    "mwl": "Mirandese|mirandês",
    "rom": "Romani|Romany|romski|romština|cigány|romani chib",
    "rue": "Rusyn|Ruthenian|rusinski|rusínština|ruszin",
}
_MISTAKEN = "al:sq at:de ba:bs cz:cs dk:da ee:et gr:el ie:ga rs:sr se:sv si:sl slo:sl sm:it ua:uk"
_MISTAKEN_LANGUAGES = dict(pair.split(":") for pair in _MISTAKEN.split())

LANGUAGES = Vocabulary({code: code for code in (_ISO_639_1 + " " + _ISO_639_3).split()}, _LANGUAGE_NAMES)

_COUNTRY_NAMES = {
    "AD": "Andorra|AND",
    "AL": "Albania|ALB",
    "AM": "Armenia|ARM",
    "AT": "Austria|AUT|Österreich|Oostenrijk|Austrija|Rakousko|Ausztria|Áustria",
    "AZ": "Azerbaijan|AZE",
    "BA": "Bosnia and Herzegovina|BIH|Bosna i Hercegovina",
    "BE": "Belgium|BEL|Belgium (Flanders)|Belgium-Flanders|Flanders|België|Vlaanderen|Belgija|Belgie"
    "|Belgium (Flandria)|Belgio|Fiandre|Bélgica|Flandres|Belgique",
    "BG": "Bulgaria|BGR|България|Bulgarije|Bugarska|Bulharsko|Bulgária",
    "BY": "Belarus|BLR",
    "CH": "Switzerland|CHE|Schweiz|Suisse|Svizzera|Zwitserland|Švicarska|Švýcarsko|Svájc|Suíça",
    "CY": "Cyprus|CYP|Κύπρος|Cipar|Kypr|Ciprus|Cipro|Chipre",
    "CZ": "Czech Republic|Czechia|CZE|Česko|Česká republika|Tsjechië|Češka|Csehország|Repubblica Ceca"
    "|Cechia|República Checa|Chéquia",
    "DE": "Germany|DEU|Deutschland|Duitsland|Njemačka|Německo|Németország|Germania|Alemanha",
    "DK": "Denmark|DNK|Danmark|Denemarken|Danska|Dánsko|Dánia|Danimarca|Dinamarca",
    "EE": "Estonia|EST|Eesti|Estland|Estonija|Estonsko|Észtország|Estónia",
    "ES": "Spain|ESP|España|Spanje|Španjolska|Španělsko|Spanyolország|Spagna|Espanha",
    "FI": "Finland|FIN|Suomi|Finska|Finsko|Finnország|Finlandia|Finlândia",
    "FR": "France|FRA|Frankrijk|Francuska|Francie|Franciaország|Francia|França",
    "GB": "United Kingdom|UK|GBR|Great Britain|Verenigd Koninkrijk|Ujedinjeno Kraljevstvo"
    "|Spojené království|Egyesült Királyság|Regno Unito|Reino Unido",
    "GE": "Georgia|GEO",
    "GR": "Greece|EL|GRC|Ελλάδα|Griekenland|Grčka|Řecko|Görögország|Grecia|Grécia",
    "HR": "Croatia|HRV|Hrvatska|Kroatië|Chorvatsko|Horvátország|Croazia|Croácia",
    "HU": "Hungary|HUN|Magyarország|Hongarije|Mađarska|Maďarsko|Ungheria|Hungria",
    "IE": "Ireland|IRL|Éire|Ierland|Irska|Irsko|Írország|Irlanda",
    "IS": "Iceland|ISL|Ísland",
    "IT": "Italy|ITA|Italia|Italië|Italija|Itálie|Olaszország|Itália",
    "LI": "Liechtenstein|LIE",
    "LT": "Lithuania|LTU|Lietuva|Litouwen|Litva|Litvánia|Lituania|Lituânia",
    "LU": "Luxembourg|LUX|Luxemburg|Luksemburg|Lucembursko|Lussemburgo|Luxemburgo",
    "LV": "Latvia|LVA|Latvija|Letland|Lotyšsko|Lettország|Lettonia|Letónia",
    "MC": "Monaco|MCO",
    "MD": "Moldova|MDA",
    "ME": "Montenegro|MNE|Crna Gora",
    "MK": "North Macedonia|MKD",
    "MT": "Malta|MLT",
    "NL": "Netherlands|The Netherlands|NLD|Nederland|Nizozemska|Nizozemsko|Hollandia|Paesi Bassi"
    "|Países Baixos",
    "NO": "Norway|NOR|Norge|Noorwegen|Norveška|Norsko|Norvégia|Norvegia|Noruega",
    "PL": "Poland|POL|Polska|Polen|Poljska|Polsko|Lengyelország|Polonia|Polónia",
    "PT": "Portugal|PRT|Portugalsko|Portugália|Portogallo",
    "RO": "Romania|ROU|România|Roemenië|Rumunjska|Rumunsko|Románia|Roménia",
    "RS": "Serbia|SRB|Srbija",
    "RU": "Russia|RUS",
    "SE": "Sweden|SWE|Sverige|Zweden|Švedska|Švédsko|Svédország|Svezia|Suécia",
    "SI": "Slovenia|SVN|Slovenija|Slovenië|Slovinsko|Szlovénia|Eslovénia",
    "SK": "Slovakia|SVK|Slovensko|Slowakije|Slovačka|Szlovákia|Slovacchia|Eslováquia",
    "SM": "San Marino|SMR",
    "TR": "Türkiye|Turkey|TUR|Turkije|Turska|Turecko|Törökország|Turchia|Turquia",
    "UA": "Ukraine|UKR|Україна",
    "VA": "Vatican City|VAT",
    "XK": "Kosovo|XKX",
}

COUNTRIES = Vocabulary({code: code for code in _COUNTRY_NAMES}, _COUNTRY_NAMES)


def suggest_language(word: str) -> str | None:
    """Return the language code or name that was probably meant; ``cz`` is a country, ``cs`` a language."""
    return _MISTAKEN_LANGUAGES.get(word.strip().lower()) or LANGUAGES.suggest(word)
