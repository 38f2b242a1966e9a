"""Headings and sheet names that the reader understands besides its own English ones.

Order in each list: English variants, Dutch, Croatian, Czech, Hungarian, Italian, Portuguese. Case, accents,
spaces, underscores and line breaks do not count. A word that registers use for something else is no alias:
*capacity* (Kapacita, létszám) and *places* (mjesta, posti) count pupils there, not mentees.
"""

from __future__ import annotations

SHEETS: dict[str, str] = {
    "schools": "school|institutions|school list|scholen|school en|škole|skole|popis škola|školy|seznam škol"
    "|iskolák|scuole|istituti|elenco scuole|escolas|lista de escolas",
    "maturity": "digital maturity|maturity results|maturiteit|digitale maturiteit|zrelost|digitalna zrelost"
    "|zralost|vyspělost|digitální vyspělost|érettség|digitális érettség|maturità|maturità digitale"
    "|maturidade|maturidade digital",
    "links": "link|school links|relations|verbanden|relaties|veze|poveznice|vazby|vztahy|kapcsolatok|legami"
    "|relazioni|ligações|relações",
    "preferences": "preference|wishes|voorkeuren|wensen|preferencije|sklonosti|želje|preference škol|přání"
    "|preferenciák|kívánságok|preferenze|desideri|preferências",
    "programme": "program|settings|round|programma|instellingen|postavke|program kola|nastavení|beállítások"
    "|impostazioni|programa|definições",
    "read me": "readme|lees mij|lees dit|pročitaj me|upute|čti mě|pokyny|olvass el|útmutató|leggimi"
    "|istruzioni|leia me|instruções|issues|notes|word lists",
}

SCHOOLS: dict[str, str] = {
    "school_id": "id|school code|school number|code|schoolcode|schoolnummer|instellingsnummer|šifra škole"
    "|šifra|oznaka škole|kód školy|identifikátor školy|red izo|izo|om azonosító|azonosító|iskola azonosító"
    "|iskolakód|codice scuola|codice meccanografico|codice istituto|código da escola|código escola|código",
    "name": "school name|name of school|institution|naam|schoolnaam|naam van de school|naziv|naziv škole"
    "|ime škole|název|název školy|jméno školy|név|iskola neve|intézmény neve|nome|nome scuola"
    "|nome della scuola|denominazione|denominazione scuola|nome da escola|designação",
    "role": "role in the programme|mentor or mentee|rol|uloga|role školy|role v programu|szerep|szerepkör"
    "|ruolo|papel|função",
    "country": "country code|land|landcode|država|zemlja|země|stát|ország|paese|nazione|país",
    "region": "nuts|nuts code|nuts region|nuts 3|nuts3|nuts 2|nuts2|region nuts|province|regio|nuts regio"
    "|provincie|regija|županija|kraj|régió|megye|regione|provincia|região|distrito",
    "municipality": "town|city|place|locality|gemeente|plaats|stad|grad|općina|mjesto|grad općina|obec"
    "|město|település|város|község|comune|città|município|concelho|localidade",
    "latitude": "lat|y|breedtegraad|breedte|geografska širina|zemljopisna širina|širina|zeměpisná šířka"
    "|šířka|szélesség|földrajzi szélesség|latitudine|latitude wgs84",
    "longitude": "lon|long|lng|x|lengtegraad|lengte|geografska dužina|zemljopisna dužina|dužina"
    "|zeměpisná délka|délka|hosszúság|földrajzi hosszúság|longitudine|longitude wgs84",
    "coordinate_quality": "quality of coordinates|coord quality|point quality|precision|geocoding quality"
    "|kwaliteit coördinaten|točnost koordinata|kvaliteta koordinata|přesnost souřadnic"
    "|koordináták pontossága|qualità coordinate|precisione coordinate|qualidade das coordenadas|precisão",
    "phases": "phase|phase of education|school phase|level of education|school type|onderwijsniveau"
    "|schooltype|razina obrazovanja|vrsta škole|stupeň vzdělávání|typ školy|druh školy|képzési szint"
    "|iskolatípus|ordine di scuola|grado|tipologia scuola|nível de ensino|ciclo|tipo de escola",
    "pupils": "number of pupils|students|number of students|enrolment|leerlingen|aantal leerlingen|učenici"
    "|broj učenika|žáci|počet žáků|tanulók|tanulók száma|tanulói létszám|alunni|numero alunni|studenti"
    "|alunos|número de alunos|n.º de alunos",
    "rurality": "degree of urbanisation|degree of urbanization|degurba|area type|verstedelijking"
    "|stedelijkheid|stupanj urbanizacije|ruralnost|stupeň urbanizace|urbanizáltság"
    "|grado di urbanizzazione|ruralità|grau de urbanização|ruralidade",
    "need_index": "need|deprivation index|disadvantage index|behoefte index|onderwijskansen index"
    "|kansarmoede index|indeks potreba|index potřeby|index potřebnosti|rászorultsági index|szükségletindex"
    "|indice di bisogno|indice di svantaggio|índice de necessidade|índice de carência",
    "authority": "school authority|responsible authority|governing body|school board|maintainer"
    "|schoolbestuur|bestuur|inrichtende macht|osnivač|zřizovatel|fenntartó|tankerület|ente gestore|ente"
    "|ufficio scolastico|tutela|entidade responsável|agrupamento",
    "languages": "language|working languages|languages of work|spoken languages|talen|werktalen|jezici"
    "|radni jezici|jazyky|pracovní jazyky|nyelvek|munkanyelvek|lingue|lingue di lavoro|línguas"
    "|línguas de trabalho|idiomas",
    "challenges": "policy challenges|challenge|challenges in order|needs|uitdagingen|beleidsuitdagingen"
    "|izazovi|potrebe|výzvy|potřeby|kihívások|szükségletek|sfide|bisogni|desafios|necessidades",
    "strengths": "school strengths|strong points|expertise|sterktes|sterke punten|snage|jake strane"
    "|silné stránky|erősségek|punti di forza|pontos fortes",
    "work_mode": "mode of work|way of working|working mode|werkwijze|werkvorm|način rada|způsob práce"
    "|forma spolupráce|munkamód|munkaforma|modalità di lavoro|modalità|modo de trabalho|modalidade",
    "max_travel_km": "max travel|maximum travel|maximum travel distance km|max distance|max distance km"
    "|maximale reisafstand|maximale reisafstand km|max reisafstand km|najveća udaljenost"
    "|najveća udaljenost km|maximální vzdálenost|maximální vzdálenost km|max dojezd km|legnagyobb távolság"
    "|legnagyobb utazási távolság km|maximális távolság km|distanza massima|distanza massima km"
    "|distância máxima|distância máxima km",
    "min_load": "minimum load|min mentees|minimum number of mentees|minimum aantal mentees"
    "|minimale belasting|najmanje mentoriranih|najmanji broj škola|nejmenší počet škol|minimální počet škol"
    "|legkevesebb mentorált|minimo scuole|numero minimo scuole|carico minimo"
    "|mínimo de escolas|carga mínima",
    "max_load": "maximum load|max mentees|maximum number of mentees|maximum aantal mentees"
    "|maximale belasting|najviše mentoriranih|najveći broj škola|největší počet škol"
    "|maximální počet škol|legtöbb mentorált|massimo scuole"
    "|numero massimo scuole|carico massimo|máximo de escolas|carga máxima",
    "demand": "places needed|mentor places|benodigde plaatsen|potrebna mjesta|potřebná místa|férőhelyigény"
    "|posti richiesti|lugares pretendidos",
    "eligible_regions": "allowed regions|accepted regions|regions served|toegelaten regio s"
    "|toegestane regio s|dopuštene regije|prihvatljive regije|povolené regiony|povolené kraje"
    "|elfogadott régiók|megengedett régiók|regioni ammesse|regioni ammissibili|regiões elegíveis"
    "|regiões admitidas",
    "willingness": "how the school came|voluntary|participation|bereidheid|deelname|spremnost|sudjelovanje"
    "|ochota|účast|hajlandóság|részvétel|disponibilità|adesione|disponibilidade|participação",
}

MATURITY: dict[str, str] = {
    "school_id": SCHOOLS["school_id"] + "|school|škola|skole|škola id|iskola|scuola|escola",
    "instrument": "tool|questionnaire|instrument name|vragenlijst|upitnik|nástroj|dotazník|eszköz|kérdőív"
    "|strumento|questionario|instrumento|questionário",
    "version": "edition|versie|verzija|inačica|verze|verzió|változat|versione|edizione|versão|edição",
    "taken_on": "date|date taken|survey date|datum|afnamedatum|datum provedbe|datum šetření|dátum"
    "|kitöltés dátuma|data|data rilevazione|data de aplicação",
    "group": "respondent group|respondents|groep|respondentengroep|skupina|skupina ispitanika"
    "|skupina respondentů|csoport|válaszadói csoport|gruppo|gruppo rispondenti|grupo|grupo de respondentes",
    "area": "dimension|domain|gebied|domein|područje|oblast|terület|dimenzió|area tematica|ambito|área"
    "|domínio",
    "value": "score|level|result|waarde|niveau|resultaat|vrijednost|razina|rezultat|hodnota|úroveň|výsledek"
    "|érték|szint|eredmény|valore|livello|punteggio|risultato|valor|nível|resultado",
    "n": "number of respondents|respondents n|count|aantal respondenten|broj ispitanika|počet respondentů"
    "|válaszadók száma|numero rispondenti|n rispondenti|número de respondentes|n.º de respondentes",
}

LINKS: dict[str, str] = {
    "kind": "type|link type|kind of link|soort|type verband|vrsta|vrsta veze|druh|druh vazby|typ|fajta"
    "|típus|kapcsolat típusa|tipo|tipo di legame|tipo de ligação",
    "school_a": "school 1|first school|school id a|school id 1|id a|eerste school|škola a|škola 1"
    "|prva škola|první škola|a iskola|iskola a|1. iskola|első iskola|scuola a|scuola 1|prima scuola"
    "|escola a|escola 1|primeira escola",
    "school_b": "school 2|second school|school id b|school id 2|id b|tweede school|škola b|škola 2"
    "|druga škola|druhá škola|b iskola|iskola b|2. iskola|második iskola|scuola b|scuola 2|seconda scuola"
    "|escola b|escola 2|segunda escola",
    "strength": "hard or soft|binding|how binding|sterkte|bindend|jačina|obvezujuće|síla|závaznost|erősség"
    "|kötelező|vincolo|forza|força|vinculativo",
    "reason": "why|reden|razlog|důvod|ok|indok|motivo|razão",
    "declared_by": "declared|by whom|source|verklaard door|opgegeven door|prijavio|izjavio|prohlásil|uvedl"
    "|bejelentő|bejelentette|dichiarato da|declarado por",
    "expires": "expiry|valid until|until|expires on|geldig tot|vervalt op|vrijedi do|platí do|platnost do"
    "|érvényes|lejárat|érvényesség|valido fino a|scadenza|válido até|expira em",
}

PREFERENCES: dict[str, str] = {
    "from_school": "from|from school id|school|who|van|van school|od|od škole|od školy|škola|ze školy|kitől"
    "|iskola|melyik iskola|da|da scuola|scuola|de|da escola|escola",
    "to_school": "to|to school id|preferred school|wish|naar|naar school|gewenste school|za školu|za"
    "|željena škola|prema|ke škole|pro školu|preferovaná škola|kihez|kívánt iskola|kért iskola|a|a scuola"
    "|scuola preferita|para|para a escola|escola preferida",
    "rank": "order|priority|preference|rang|rangorde|voorkeur|poredak|rang želje|pořadí|sorrend|rangsor"
    "|ordine|posizione|priorità|ordem|posição|prioridade",
}

PROGRAMME: dict[str, str] = {
    "title": "name|programme|round|titel|naslov|naziv|název|titul|cím|titolo|título",
    "synthetic": "made up data|synthetic data|test data|synthetisch|fictieve gegevens|sintetički"
    "|izmišljeni podaci|syntetická data|smyšlená data|szintetikus|kitalált adatok|dati sintetici|sintetico"
    "|dados sintéticos|sintético",
    "as_of": "date|reference date|as of date|valid on|peildatum|datum|na dan|referentni datum|ke dni"
    "|rozhodný den|fordulónap|dátum|alla data|data di riferimento|data|data de referência",
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
