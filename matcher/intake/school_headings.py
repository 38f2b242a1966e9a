"""Headings of the sheet *Schools*, language by language; written as in :mod:`matcher.intake.headings`."""

from __future__ import annotations

SCHOOLS: dict[str, str] = {
    "school_id": "id|school code|school number|code / schoolcode|schoolnummer|instellingsnummer|code"
    " / šifra škole|šifra|oznaka škole / kód školy|identifikátor školy|red izo|izo"
    " / om azonosító|azonosító|iskola azonosító|iskolakód"
    " / codice scuola|codice meccanografico|codice istituto / código da escola|código escola|código",
    "name": "school name|name of school|institution / naam|schoolnaam|naam van de school"
    " / naziv|naziv škole|ime škole / název|název školy|jméno školy / név|iskola neve|intézmény neve"
    " / nome|nome scuola|nome della scuola|denominazione|denominazione scuola"
    " / nome|nome da escola|designação",
    "role": "role in the programme|mentor or mentee / rol / uloga / role školy|role v programu"
    " / szerep|szerepkör / ruolo / papel|função",
    "country": "country code / land|landcode / država|zemlja / země|stát / ország / paese|nazione / país",
    "region": "nuts|nuts code|nuts region|nuts 3|nuts3|nuts 2|nuts2|region nuts|province"
    " / regio|nuts regio|provincie / regija|županija / kraj / régió|megye / regione|provincia"
    " / região|distrito",
    "municipality": "town|city|place|locality / gemeente|plaats|stad / grad|općina|mjesto|grad općina"
    " / obec|město / település|város|község / comune|città / município|concelho|localidade",
    "latitude": "lat|y|latitude wgs84 / breedtegraad|breedte / geografska širina|zemljopisna širina|širina"
    " / zeměpisná šířka|šířka / szélesség|földrajzi szélesség / latitudine / latitude",
    "longitude": "lon|long|lng|x|longitude wgs84 / lengtegraad|lengte"
    " / geografska dužina|zemljopisna dužina|dužina / zeměpisná délka|délka"
    " / hosszúság|földrajzi hosszúság / longitudine / longitude",
    "coordinate_quality": "quality of coordinates|coord quality|point quality|precision|geocoding quality"
    " / kwaliteit coördinaten / točnost koordinata|kvaliteta koordinata / přesnost souřadnic"
    " / koordináták pontossága / qualità coordinate|precisione coordinate"
    " / qualidade das coordenadas|precisão",
    "phases": "phase|phase of education|school phase|level of education|education level|school level"
    "|school type / onderwijsniveau|schooltype|fasen / razina obrazovanja|vrsta škole|faze"
    " / stupeň vzdělávání|typ školy|druh školy / képzési szint|iskolatípus"
    " / ordine di scuola|ordine scuola|ordine e grado|ordine e grado di scuola|ordine scolastico|grado"
    "|grado di istruzione|tipologia scuola|fasi / nível de ensino|ciclo|tipo de escola|fases",
    "pupils": "number of pupils|students|number of students|enrolment / leerlingen|aantal leerlingen"
    " / učenici|broj učenika / žáci|počet žáků / tanulók|tanulók száma|tanulói létszám"
    " / alunni|numero alunni|studenti / alunos|número de alunos|n.º de alunos",
    "rurality": "degree of urbanisation|degree of urbanization|degurba|area type"
    " / verstedelijking|stedelijkheid / stupanj urbanizacije|ruralnost / stupeň urbanizace"
    " / urbanizáltság / grado di urbanizzazione|ruralità / grau de urbanização|ruralidade",
    "need_index": "need|deprivation index|disadvantage index"
    " / behoefte index|onderwijskansen index|kansarmoede index / indeks potreba"
    " / index potřeby|index potřebnosti / rászorultsági index|szükségletindex"
    " / indice di bisogno|indice di svantaggio / índice de necessidade|índice de carência",
    "authority": "school authority|responsible authority|governing body|school board|maintainer"
    " / schoolbestuur|bestuur|inrichtende macht / osnivač / zřizovatel / fenntartó|tankerület"
    " / ente gestore|ente|ufficio scolastico / tutela|entidade responsável|agrupamento",
    "languages": "language|working languages|languages of work|spoken languages / talen|werktalen"
    " / jezici|radni jezici / jazyky|pracovní jazyky / nyelvek|munkanyelvek / lingue|lingue di lavoro"
    " / línguas|línguas de trabalho|idiomas",
    "challenges": "policy challenges|challenge|challenges in order|needs / uitdagingen|beleidsuitdagingen"
    " / izazovi|potrebe / výzvy|potřeby / kihívások|szükségletek / sfide|bisogni / desafios|necessidades",
    "strengths": "school strengths|strong points|expertise / sterktes|sterke punten / snage|jake strane"
    " / silné stránky / erősségek / punti di forza / pontos fortes",
    "work_mode": "mode of work|way of working|working mode / werkwijze|werkvorm / način rada"
    " / způsob práce|forma spolupráce / munkamód|munkaforma / modalità di lavoro|modalità"
    " / modo de trabalho|modalidade",
    "max_travel_km": "max travel|maximum travel|maximum travel distance|maximum travel distance km"
    "|max travel distance|max distance|max distance km|maximum distance|distance max|max km"
    " / maximale reisafstand|maximale reisafstand km|max reisafstand|max reisafstand km|maximale afstand"
    "|max afstand|afstand max"
    " / najveća udaljenost|najveća udaljenost km|maksimalna udaljenost|max udaljenost|udaljenost max"
    "|najveća putna udaljenost"
    " / maximální vzdálenost|maximální vzdálenost km|max vzdálenost|vzdálenost max|max dojezd"
    "|max dojezd km|maximální dojezd|nejvyšší vzdálenost"
    " / legnagyobb távolság|legnagyobb utazási távolság|legnagyobb utazási távolság km"
    "|maximális távolság|maximális távolság km|max távolság|távolság max|maximális utazási távolság"
    " / distanza massima|distanza massima km|distanza max|max distanza|percorrenza max"
    "|percorrenza massima|viaggio massimo|spostamento massimo"
    " / distância máxima|distância máxima km|distância máx|máx distância|deslocação máxima",
    "min_load": "minimum load|min mentees|min schools|minimum number of mentees|minimum number of schools"
    " / minimum aantal mentees|min aantal mentees|minimale belasting|min scholen|min aantal scholen"
    "|minimum aantal scholen"
    " / najmanje mentoriranih|najmanji broj škola|najmanje škola|min škola|minimalan broj škola"
    "|min broj škola"
    " / nejmenší počet škol|minimální počet škol|min počet škol|min škol"
    " / legkevesebb mentorált|legkevesebb iskola|min iskola|iskolák minimális száma|min mentorált"
    " / minimo scuole|numero minimo scuole|numero minimo di scuole|min scuole|scuole min|min mentee"
    "|carico minimo|carico min"
    " / mínimo de escolas|mín escolas|número mínimo de escolas|n.º mínimo de escolas|carga mínima",
    "max_load": "maximum load|max mentees|max schools|maximum number of mentees|maximum number of schools"
    " / maximum aantal mentees|max aantal mentees|maximale belasting|max scholen|max aantal scholen"
    "|maximum aantal scholen"
    " / najviše mentoriranih|najveći broj škola|najviše škola|max škola|maksimalan broj škola"
    "|max broj škola"
    " / největší počet škol|maximální počet škol|nejvyšší počet škol|max počet škol|max škol"
    " / legtöbb mentorált|legtöbb iskola|max iskola|iskolák maximális száma|max mentorált"
    " / massimo scuole|numero massimo scuole|numero massimo di scuole|max scuole|scuole max|max mentee"
    "|carico massimo|carico max"
    " / máximo de escolas|máx escolas|número máximo de escolas|n.º máximo de escolas|carga máxima",
    "demand": "places needed|mentor places / benodigde plaatsen / potrebna mjesta / potřebná místa"
    " / férőhelyigény / posti richiesti / lugares pretendidos",
    "eligible_regions": "allowed regions|accepted regions|regions served"
    " / toegelaten regio's|toegestane regio's / dopuštene regije|prihvatljive regije"
    " / povolené regiony|povolené kraje / elfogadott régiók|megengedett régiók"
    " / regioni ammesse|regioni ammissibili / regiões elegíveis|regiões admitidas",
    "willingness": "how the school came|voluntary|participation / bereidheid|deelname"
    " / spremnost|sudjelovanje / ochota|účast / hajlandóság|részvétel / disponibilità|adesione"
    " / disponibilidade|participação",
}

DOUBTFUL: dict[str, str] = {
    "max_travel_km": "radius|km|distance|travel / straal|afstand / polumjer|radijus|udaljenost"
    " / okruh|rádius|vzdálenost|dojezd / sugár|hatósugár|távolság / raggio|raggio d'azione|distanza"
    "|percorrenza|spostamento / raio|distância|deslocação",
    "max_load": "capacity|places|number of places|mentees|load / capaciteit|plaatsen|aantal plaatsen"
    " / kapacitet|mjesta|broj mjesta / kapacita|místa|počet míst / kapacitás|férőhely|férőhelyek"
    " / capacità|capienza|posti|numero posti / capacidade|lugares|vagas",
    "phases": "level|type|grade / niveau|type / razina|vrsta|stupanj / úroveň|typ|stupeň / szint|típus"
    " / ordine|livello|tipo|tipologia / nível|tipo",
}
"""Headings that may mean a column and may mean something else: they are asked about, never read."""
