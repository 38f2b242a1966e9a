"""Invented school names, natural in each language. None is named after a person."""

from __future__ import annotations

from dataclasses import dataclass

from matcher.profiles import Phase

_FIRST = frozenset({Phase.PRIMARY, Phase.LOWER_SECONDARY})
_PRIMARY = frozenset({Phase.PRIMARY})
_UPPER = frozenset({Phase.UPPER_SECONDARY})
_TECHNICAL = frozenset({Phase.UPPER_SECONDARY, Phase.VOCATIONAL})
_SECONDARY = frozenset({Phase.LOWER_SECONDARY, Phase.UPPER_SECONDARY})
_ALL = frozenset({Phase.PRIMARY, Phase.LOWER_SECONDARY, Phase.UPPER_SECONDARY})


@dataclass(frozen=True, slots=True)
class SchoolKind:
    """A kind of school: how its name is made, its phases, its share of the schools, its usual size."""

    pattern: str
    phases: frozenset[Phase]
    share: float
    size_factor: float = 1.0


@dataclass(frozen=True, slots=True)
class NameStock:
    """What names of one country are made from; `authority` has the town's name put in."""

    language: str
    kinds: tuple[SchoolKind, ...]
    epithets: tuple[str, ...]
    authorities: tuple[str, ...]


def _split(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(";"))


STOCKS: dict[str, NameStock] = {
    "BE": NameStock(
        language="nl",
        kinds=(
            SchoolKind("Basisschool {}", _PRIMARY, 0.5, 0.7),
            SchoolKind("Secundaire school {}", _SECONDARY, 0.3, 1.3),
            SchoolKind("Technisch instituut {}", _TECHNICAL, 0.2, 1.2),
        ),
        epithets=_split(
            "De Zilverberk; Het Waterlelieplein; De Lichtkogel; Ter Wulpen; De Kiekendief; Het "
            "Vlonderpad; De Meerkoetjes; Hoogvlierbeek; De Seizoenboom; De Zandkever; Het Leerkompas "
            "Noord; Vogelwikke; De Dijkwachter; Het Wilgenlint; De Sterrenvloer; Klaproosveld; De "
            "Boomklever; Het Getijdenhuis; De Spinnakerij; Lisdoddehof; De Ooievaarsbrug; Het "
            "Kruidenwiel; De Bronwachter; Zonnedauwhof; De Molenwiek Zuid; Het Kleurenpalet Oost; De "
            "Rietvoorn; Wolvenbeekdal; De Windvanger; Het Hazelaarshof; De Kantelpoort; Grutterij; De "
            "Waterjuffer; Het Esdoornplein; De Tuimelaarsbrug; Ravelijnhof"
        ),
        authorities=("Stad {}", "Vrij onderwijs {}", "Scholengroep {}"),
    ),
    "HR": NameStock(
        language="hr",
        kinds=(
            SchoolKind("Osnovna škola {}", _FIRST, 0.65, 0.9),
            SchoolKind("Srednja škola {}", _TECHNICAL, 0.2, 1.1),
            SchoolKind("Gimnazija {}", _UPPER, 0.15, 1.1),
        ),
        epithets=_split(
            "Zlatni klas; Bijeli galeb; Plavi val; Stari hrast; Tiha dolina; Sunčani brijeg; Zeleni otok; "
            "Jutarnja zvijezda; Crveni mak; Kameni most; Srebrna breza; Vedro nebo; Divlja ruža; Mali "
            "jablan; Bistri potok; Svijetli put; Modra lastavica; Visoki bor; Rumena zora; Šumski cvijet; "
            "Otvorena vrata; Lavandin brijeg; Zvonki slap; Topli vjetar; Morska iskra; Livadski cvrčak; "
            "Ravnica; Vinova loza; Ježeva kućica; Dva jezera; Gornji vrt; Donji mlin; Bijela topola; Žuta "
            "dunja; Nova luč; Smilje"
        ),
        authorities=("Grad {}", "Županijski osnivač, {}"),
    ),
    "CZ": NameStock(
        language="cs",
        kinds=(
            SchoolKind("Základní škola {}", _FIRST, 0.75, 1.0),
            SchoolKind("Základní škola a mateřská škola {}", _PRIMARY, 0.25, 0.4),
        ),
        epithets=_split(
            "U Ledňáčka; Pod Jasanem; Na Vřesovišti; Za Starým mlýnem; U Dvou javorů; Pod Sluncem; Na "
            "Vlnách; U Bílé vrby; Jeřabinová; Na Pomezí luk; U Modrého kamene; Zvonková; Pod Skřivánkem; "
            "Na Medové stráni; U Potočníku; Borůvková; Za Kaštany; Na Větrném kopci; U Stříbrné břízy; "
            "Kopretinová; Pod Hvězdami; Na Ostružině; U Rákosí; Slunečnicová; Pod Habrem; Na Třech "
            "pramenech; U Zeleného mostu; Mateřídoušková; Za Humny; Na Sokolí; U Šípku; Hořcová; Pod "
            "Netopýrem; Na Rozhledně; U Kamenného brodu; Lípová alej"
        ),
        authorities=("Město {}", "Svazek obcí {}"),
    ),
    "HU": NameStock(
        language="hu",
        kinds=(
            SchoolKind("{} Általános Iskola", _FIRST, 0.65, 0.9),
            SchoolKind("{} Gimnázium", _UPPER, 0.15, 1.1),
            SchoolKind("{} Technikum", _TECHNICAL, 0.2, 1.2),
        ),
        epithets=_split(
            "Aranykalász; Kékmadár; Ezüstnyár; Rózsakert; Szélmalom; Vadvirág; Napforrás; Holdfényliget; "
            "Fehérgólya; Zöldpatak; Borostyánkert; Pipacsmező; Jégmadár; Hársfavirág; Tölgyerdő; Kőhíd; "
            "Harmatcsepp; Búzavirág; Nádirigó; Fűzfasor; Szivárványhíd; Mandulavölgy; Tiszta Csermely; "
            "Levendulakert; Hajnalcsillag; Cinegefészek; Berkenye; Kavicsos; Nyitott Kapu; Galagonya; "
            "Bodzavirág; Rétisas; Mogyoróliget; Zsályakert; Nefelejcs; Gyöngyvirág"
        ),
        authorities=("Tankerületi központ, {}", "Szakképzési centrum, {}"),
    ),
    "IT": NameStock(
        language="it",
        kinds=(
            SchoolKind("Istituto comprensivo {}", _FIRST, 0.55, 1.6),
            SchoolKind("Liceo {}", _UPPER, 0.25, 1.5),
            SchoolKind("Istituto tecnico {}", _TECHNICAL, 0.2, 1.5),
        ),
        epithets=_split(
            "La Lanterna Blu; Pietra Bianca; I Tre Castagni; Vento di Levante; Le Ginestre Alte; "
            "Acquachiara di Sotto; Il Ponte dei Salici; Prato Fiorito; La Bussola d'Oro; Le Rondini; "
            "Colle Sereno; Il Mulino Vecchio; Riva dei Pioppi; La Quercia Grande; Orto Botanico; I "
            "Quattro Venti; Il Faggio Rosso; Le Due Torri Verdi; La Vela Bianca; Campo dei Girasoli; Il "
            "Tiglio; Fonte Lieta; Le Stelle Alpine; La Meridiana Nuova; Il Picchio Verde; Terra di Mezzo; "
            "I Melograni; La Chiocciola; Argine Nuovo; Il Ciliegio; Sentiero Azzurro; Le Lucciole; La "
            "Betulla; Il Gelso Antico; Casa dei Venti; Roccia Chiara"
        ),
        authorities=("Comune di {}", "Ambito territoriale di {}"),
    ),
    "PT": NameStock(
        language="pt",
        kinds=(
            SchoolKind("Escola Básica {}", _FIRST, 0.4, 0.8),
            SchoolKind("Agrupamento de Escolas {}", _ALL, 0.35, 1.8),
            SchoolKind("Escola Secundária {}", _UPPER, 0.15, 1.4),
            SchoolKind("Escola Profissional {}", _TECHNICAL, 0.1, 0.9),
        ),
        epithets=_split(
            "da Cotovia Azul; do Sobreiro Velho; da Ribeira Clara; das Três Fontes; do Vento Norte; da "
            "Amendoeira em Flor; do Moinho Branco; da Gaivota; das Giestas; do Rosmaninho; da Pedra Alta; "
            "do Zambujeiro; da Nora Velha; dos Quatro Caminhos; da Alfazema; do Pinhal Manso; da Serra "
            "Serena; do Medronheiro; da Ponte Nova; das Andorinhas Brancas; do Farol Pequeno; da Oliveira "
            "Grande; das Cerejeiras; do Salgueiral; da Luz da Manhã; do Castanheiro; da Lezíria Verde; do "
            "Trevo; da Romãzeira; dos Cinco Ribeiros; da Cegonha; do Alecrim; da Eira Nova; das Camélias; "
            "do Carvalhal; da Maresia"
        ),
        authorities=("Município de {}", "Rede escolar de {}"),
    ),
}
