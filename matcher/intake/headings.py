"""Headings and sheet names that the reader understands besides its own English ones.

Each entry holds the words of the seven languages, separated by ``/`` in the order of :data:`LANGUAGES`;
``|`` stands between the words of one language. Case, accents, spaces, underscores and line breaks do not
count. A word that registers use for something else is no alias: *capacity* (Kapacita, létszám) and *places*
(mjesta, posti) count pupils there, not mentees.
"""

from __future__ import annotations

from matcher.intake.school_headings import DOUBTFUL, SCHOOLS

__all__ = [
    "CONTACT",
    "DOUBTFUL",
    "LANGUAGES",
    "LINKS",
    "MATURITY",
    "PREFERENCES",
    "PROGRAMME",
    "SCHOOLS",
    "SHEETS",
    "by_language",
    "words_of",
]

LANGUAGES = ("English", "Dutch", "Croatian", "Czech", "Hungarian", "Italian", "Portuguese")


def by_language(entry: str) -> tuple[tuple[str, ...], ...]:
    """Return the words of an entry, one tuple for each of :data:`LANGUAGES`.

    Raises
    ------
    ValueError
        If the entry has not one part a language.
    """
    parts = [tuple(word.strip() for word in part.split("|") if word.strip()) for part in entry.split("/")]
    if len(parts) != len(LANGUAGES):
        raise ValueError(f"{len(parts)} languages instead of {len(LANGUAGES)}: {entry}")
    return tuple(parts)


def words_of(entry: str) -> tuple[str, ...]:
    """Return all words of an entry, language by language."""
    return tuple(word for words in by_language(entry) for word in words)


def _joined(first: str, second: str) -> str:
    """Join two entries language by language."""
    pairs = zip(by_language(first), by_language(second), strict=True)
    return "/".join("|".join((*one, *other)) for one, other in pairs)


SHEETS: dict[str, str] = {
    "schools": "school|institutions|school list / scholen|school en / škole|popis škola"
    " / školy|seznam škol / iskolák / scuole|istituti|elenco scuole / escolas|lista de escolas",
    "maturity": "digital maturity|maturity results / maturiteit|digitale maturiteit"
    " / zrelost|digitalna zrelost / zralost|vyspělost|digitální vyspělost / érettség|digitális érettség"
    " / maturità|maturità digitale / maturidade|maturidade digital",
    "links": "link|school links|relations / verbanden|relaties / veze|poveznice / vazby|vztahy"
    " / kapcsolatok / legami|relazioni / ligações|relações",
    "preferences": "preference|wishes / voorkeuren|wensen / preferencije|sklonosti|želje"
    " / preference škol|přání / preferenciák|kívánságok / preferenze|desideri / preferências",
    "programme": "program|settings|round / programma|instellingen / postavke"
    " / program kola|nastavení / beállítások / programma|impostazioni / programa|definições",
    "read me": "readme|issues|notes|word lists / lees mij|lees dit / pročitaj me|upute / čti mě|pokyny"
    " / olvass el|útmutató / leggimi|istruzioni / leia me|instruções",
}

MATURITY: dict[str, str] = {
    "school_id": _joined(
        SCHOOLS["school_id"], "school / school / škola|škole|škola id / škola / iskola / scuola / escola"
    ),
    "instrument": "tool|questionnaire|instrument name / instrument|vragenlijst / instrument|upitnik"
    " / nástroj|dotazník / eszköz|kérdőív / strumento|questionario / instrumento|questionário",
    "version": "edition / versie / verzija|inačica / verze / verzió|változat / versione|edizione"
    " / versão|edição",
    "taken_on": "date taken|survey date / datum|afnamedatum / datum|datum provedbe / datum|datum šetření"
    " / dátum|kitöltés dátuma / data|data rilevazione / data|data de aplicação",
    "group": "respondent group|respondents / groep|respondentengroep / skupina|skupina ispitanika"
    " / skupina|skupina respondentů / csoport|válaszadói csoport / gruppo|gruppo rispondenti"
    " / grupo|grupo de respondentes",
    "area": "dimension|domain / gebied|domein / područje / oblast / terület|dimenzió"
    " / area|area tematica|ambito / área|domínio",
    "value": "score|level|result / waarde|niveau|resultaat / vrijednost|razina|rezultat"
    " / hodnota|úroveň|výsledek / érték|szint|eredmény / valore|livello|punteggio|risultato"
    " / valor|nível|resultado",
    "n": "number of respondents|respondents n|count / aantal respondenten / broj ispitanika"
    " / počet respondentů / válaszadók száma / numero rispondenti|n rispondenti"
    " / número de respondentes|n.º de respondentes",
}

LINKS: dict[str, str] = {
    "kind": "type|link type|kind of link / soort|type|type verband / vrsta|vrsta veze"
    " / druh|druh vazby|typ / fajta|típus|kapcsolat típusa / tipo|tipo di legame / tipo|tipo de ligação",
    "school_a": "school 1|first school|school id a|school id 1|id a / school 1|eerste school"
    " / škola a|škola 1|prva škola / škola a|škola 1|první škola / a iskola|iskola a|1. iskola|első iskola"
    " / scuola a|scuola 1|prima scuola / escola a|escola 1|primeira escola",
    "school_b": "school 2|second school|school id b|school id 2|id b / school 2|tweede school"
    " / škola b|škola 2|druga škola / škola b|škola 2|druhá škola / b iskola|iskola b|2. iskola"
    "|második iskola / scuola b|scuola 2|seconda scuola / escola b|escola 2|segunda escola",
    "strength": "hard or soft|binding|how binding / sterkte|bindend / jačina|obvezujuće / síla|závaznost"
    " / erősség|kötelező / vincolo|forza / força|vinculativo",
    "reason": "why / reden / razlog / důvod / ok|indok / motivo / motivo|razão",
    "declared_by": "declared|by whom|source / verklaard door|opgegeven door / prijavio|izjavio"
    " / prohlásil|uvedl / bejelentő|bejelentette / dichiarato da / declarado por",
    "expires": "expiry|valid until|until|expires on / geldig tot|vervalt op / vrijedi do"
    " / platí do|platnost do / érvényes|lejárat|érvényesség / valido fino a|scadenza"
    " / válido até|expira em",
}

PREFERENCES: dict[str, str] = {
    "from_school": "from|from school id|school|who / van|van school|school / od|od škole|škola"
    " / od|od školy|škola|ze školy / kitől|iskola|melyik iskola / da|da scuola|scuola / de|da escola|escola",
    "to_school": "to|to school id|preferred school|wish / naar|naar school|gewenste school"
    " / za školu|za|željena škola|prema / ke škole|pro školu|preferovaná škola"
    " / kihez|kívánt iskola|kért iskola / a|a scuola|scuola preferita / para|para a escola|escola preferida",
    "rank": "order|priority|preference / rang|rangorde|voorkeur / rang|poredak|rang želje / pořadí"
    " / sorrend|rangsor / ordine|posizione|priorità / ordem|posição|prioridade",
}

PROGRAMME: dict[str, str] = {
    "title": "name|programme|round / titel / naslov|naziv / název|titul / cím / titolo / título",
    "synthetic": "made up data|synthetic data|test data / synthetisch|fictieve gegevens"
    " / sintetički|izmišljeni podaci / syntetická data|smyšlená data / szintetikus|kitalált adatok"
    " / dati sintetici|sintetico / dados sintéticos|sintético",
    "as_of": "date|reference date|as of date|valid on / datum|peildatum / datum|na dan|referentni datum"
    " / datum|ke dni|rozhodný den / dátum|fordulónap / data|alla data|data di riferimento"
    " / data|data de referência",
}

CONTACT: str = (
    "mail|email|phone|telephone|tel|fax|mobile|contact|head teacher|headteacher|head|principal|director"
    "|birth|born|date of birth|iban|bank|website|url|address|street|postcode|zip|telefoon|gsm"
    "|contactpersoon|directeur|geboortedatum|geboorte|adres|postnummer|telefon|direktor|ravnatelj|ravnateljica"
    "|kontakt|osoba|rođenja|rođen|mobitel|adresa|ředitel|ředitelka|narození|mobil|igazgató|kapcsolattartó"
    "|születési|cím|emil|telefono|cellulare|dirigente|preside|referente|contatto|nascita|pec|indirizzo|cap"
    "|posta elettronica|telefone|telemóvel|diretor|diretora|contacto|nascimento|correio|morada"
    "|código postal"
)
"""Words that give contact data and other personal data away."""
