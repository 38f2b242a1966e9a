"""The words of the coded columns, in English and the six languages of the programme.

Order of the languages in each list: English, Dutch, Croatian, Czech, Hungarian, Italian, Portuguese.
A school type that covers two phases in its country stands for both: osnovna škola, základní škola,
általános iskola, istituto comprensivo and escola básica teach ISCED levels 1 and 2 (Eurydice, *The structure
of the European education systems*).
"""

from __future__ import annotations

from matcher.intake.vocabulary import Vocabulary
from matcher.profiles import (
    Cefr,
    Challenge,
    CoordinateQuality,
    LinkKind,
    Phase,
    Role,
    Rurality,
    Strength,
    Willingness,
    WorkMode,
)

ROLES = Vocabulary(
    {role.value: role for role in Role},
    {
        "mentor": "mentor school|mentoring school|advanced school|lead school|mentorschool|mentorska škola"
        "|škola mentor|mentorská škola|mentoriskola|mentoráló iskola|mentoráló|scuola mentore|mentore"
        "|scuola mentor|escola mentora|mentora|mentori",
        "mentee": "mentee school|mentored school|advanced practitioner school|supported school|menteeschool"
        "|gementorde school|leerschool|mentorirana škola|mentorirana|škola mentee|mentorovaná škola"
        "|mentorovaná|podporovaná škola|mentorált|mentorált iskola|scuola mentee|scuola seguita|mentorata"
        "|escola mentorada|mentorada|escola mentoranda|mentoranda",
    },
)

_PRIMARY, _LOWER, _UPPER = Phase.PRIMARY, Phase.LOWER_SECONDARY, Phase.UPPER_SECONDARY

PHASES: Vocabulary[frozenset[Phase]] = Vocabulary(
    {
        **{phase.value: frozenset({phase}) for phase in Phase},
        "primary and lower secondary": frozenset({_PRIMARY, _LOWER}),
        "secondary": frozenset({_LOWER, _UPPER}),
        "all phases": frozenset({_PRIMARY, _LOWER, _UPPER}),
    },
    {
        "primary": "primary school|primary education|elementary|isced 1|basisschool|basisonderwijs"
        "|lager onderwijs|kleuter en lager onderwijs|razredna nastava|první stupeň|1. stupeň|alsó tagozat"
        "|scuola primaria|primaria|scuola elementare|elementare|1.º ciclo|1º ciclo do ensino básico"
        "|primeiro ciclo",
        "lower-secondary": "lower secondary school|lower secondary education|middle school|isced 2"
        "|eerste graad secundair|predmetna nastava|druhý stupeň|2. stupeň|felső tagozat"
        "|scuola secondaria di primo grado|scuola secondaria di i grado|secondaria di i grado"
        "|secondaria di primo grado|secondaria i grado|scuola media|scuola primo grado"
        "|2.º e 3.º ciclos|3.º ciclo|3º ciclo do ensino básico|terceiro ciclo",
        "upper-secondary": "upper secondary school|upper secondary education|high school|isced 3"
        "|tweede en derde graad secundair|hogere graden secundair|srednja škola|gimnazija|střední škola"
        "|gymnázium|középiskola|gimnázium|scuola secondaria di secondo grado|scuola secondaria di ii grado"
        "|secondaria di ii grado|secondaria di secondo grado|secondaria ii grado|scuola superiore"
        "|istituto superiore|istituto magistrale|liceo|liceo artistico"
        "|liceo classico|liceo linguistico|liceo scientifico"
        "|escola secundária|ensino secundário",
        "vocational": "vocational school|vocational education|vet|beroepsonderwijs|technisch onderwijs"
        "|beroepssecundair onderwijs|strukovna škola|industrijska škola|obrtnička škola|odborná škola"
        "|střední odborná škola|střední odborné učiliště|odborné učiliště|szakképző iskola|szakiskola"
        "|technikum|szakgimnázium|szakközépiskola|istituto tecnico|istituto professionale"
        "|formazione professionale|escola profissional|ensino profissional",
        "special": "special school|special education|special needs|buitengewoon onderwijs"
        "|speciaal onderwijs|posebna ustanova|posebni program|škola za djecu s teškoćama|speciální škola"
        "|praktická škola|gyógypedagógiai iskola|speciális iskola|scuola speciale|educação especial"
        "|escola especial",
        "primary and lower secondary": "basic school|compulsory school|isced 1 2|osnovna škola|osnovna"
        "|základní škola|základní|általános iskola|istituto comprensivo|primo ciclo|escola básica"
        "|ensino básico|básica",
        "secondary": "secondary school|secondary education|isced 2 3|secundair onderwijs|secundaire school"
        "|middelbare school|voortgezet onderwijs|středoškolské|scuola secondaria",
        "all phases": "all through|all through school|istituto onnicomprensivo",
    },
)

RURALITIES = Vocabulary(
    {item.value: item for item in Rurality},
    {
        "urban": "city|cities|densely populated|degurba 1|stedelijk|steden|gradsko|gradska|gradovi|městská"
        "|městský|města|városi|városok|urbano|urbana|città|cidades",
        "intermediate": "town|towns and suburbs|suburb|suburban|semi urban|degurba 2|verstedelijkt"
        "|tussengebied|prijelazno|prigradsko|příměstská|přechodná|átmeneti|elővárosi|kisvárosi|intermedia"
        "|intermedio|suburbana|suburbano|intermédia|intermédio",
        "rural": "village|thinly populated|countryside|degurba 3|landelijk|platteland|ruralno|seosko|seoska"
        "|selo|venkovská|venkovský|venkov|vidéki|falusi|rurale|rural remote",
    },
    {
        "This is the legal status of the municipality; its degree of urbanisation is something else.": (
            "stad|gemeente|grad|općina|město|městys|obec|statutární město|város|község|nagyközség"
            "|megyei jogú város|fővárosi kerület|comune|cidade|vila|município|concelho|freguesia"
        ),
    },
)

QUALITIES = Vocabulary(
    {item.value: item for item in CoordinateQuality},
    {
        "site": "school site|building|exact|gebouw|exact adres|zgrada|točno|budova|přesná|épület|pontos"
        "|edificio|esatta|edifício|exata",
        "street": "street address|address|straat|adres|ulica|adresa|ulice|utca|cím|via|strada|indirizzo|rua"
        "|morada",
        "municipality": "town centre|town|city centre|municipality centre|gemeente|grad|općina|naselje|obec"
        "|město|település|község|comune|centro del comune|município|concelho|localidade",
    },
)

WORK_MODES = Vocabulary(
    {item.value: item for item in WorkMode},
    {
        "face-to-face": "in person|on site|onsite|presence|ter plaatse|fysiek|face to face|uživo"
        "|licem u lice|prezenčně|osobně|személyes|személyesen|jelenléti|in presenza|presenza|presencial",
        "blended": "mixed|hybrid|both|gemengd|hybride|mješovito|kombinirano|hibridno|smíšená|kombinovaně"
        "|hybridní|vegyes|hibrid|mista|misto|ibrida|misto presenza e distanza|híbrido|híbrida",
        "virtual": "online|remote|distance|at a distance|virtueel|op afstand|virtualno|na daljinu|virtuální"
        "|na dálku|distančně|virtuális|távoli|virtuale|a distanza|à distância|em linha",
    },
)

WILLINGNESS = Vocabulary(
    {item.value: item for item in Willingness},
    {
        "volunteer": "volunteered|voluntary|applied|vrijwillig|dobrovoljno|dobrovoljac|dobrovolně"
        "|dobrovolná|önkéntes|önként|volontaria|volontario|voluntária|voluntário",
        "asked": "invited|agreed when asked|gevraagd|uitgenodigd|pozvana|zamoljena|oslovena|pozvaná"
        "|požádaná|felkért|invitata|su invito|convidada|a convite",
        "obliged": "compulsory|required|mandatory|appointed|verplicht|aangewezen|obvezno|obavezna|povinně"
        "|povinná|kötelezett|kötelező|kijelölt|obbligata|obbligatoria|obbligatorio|obrigada|obrigatória"
        "|obrigatório",
    },
)

LINK_KINDS = Vocabulary(
    {item.value: item for item in LinkKind},
    {
        "rivalry": "rival|rivals|competitors|keep apart|cannot link|rivaliteit|concurrent|concurrenten"
        "|suparništvo|rivalstvo|konkurencija|rivalita|konkurence|rivalizálás|versengés|rivalità|concorrenza"
        "|rivalidade|concorrência",
        "must-link": "together|same cluster|keep together|samen|zajedno|společně|spolu|együtt|insieme"
        "|juntas|juntos",
        "lock": "locked|must occur|fixed|pinned|vast|vastgelegd|zaključano|obvezni par|pevně|uzamčeno"
        "|rögzített|bloccata|bloccato|fisso|fixa|fixo|bloqueado",
        "forbid": "forbidden|must not occur|excluded|not allowed|verboden|uitgesloten|zabranjeno|zakázáno"
        "|zakázaná|tiltott|tilos|vietata|vietato|esclusa|proibida|proibido|excluída",
        "partnership": "earlier partnership|partner|partners|former partners|partnerschap"
        "|eerdere samenwerking|partnerstvo|ranija suradnja|partnerství|dřívější spolupráce|partnerség"
        "|korábbi együttműködés|partenariato|collaborazione precedente|parceria|parceria anterior",
    },
)

STRENGTHS = Vocabulary(
    {item.value: item for item in Strength},
    {
        "hard": "binding|must|strict|strong|bindend|verplicht|obvezujuće|čvrsto|závazné|závazná|tvrdé"
        "|kötelező|kemény|vincolante|obbligatorio|vinculativo|obrigatório",
        "soft": "preferred|if possible|weak|indien mogelijk|zacht|po mogućnosti|blago|pokud možno|měkké"
        "|ha lehetséges|puha|preferibile|se possibile|preferível|se possível",
        "off": "ignored|inactive|not in force|uit|genegeerd|isključeno|vypnuto|ignorovat|kikapcsolva"
        "|disattivato|ignorato|desligado|ignorado",
    },
)

YES_NO = Vocabulary(
    {"yes": True, "no": False},
    {
        "yes": "y|true|1|x|ja|da|ano|igen|sì|vero|sim|verdadeiro",
        "no": "n|false|0|nee|ne|nem|non|falso|não",
    },
)

LEVELS = Vocabulary(
    {level.value: level for level in Cefr},
    {
        "native": "native speaker|mother tongue|first language|language of instruction|moedertaal"
        "|moedertaalspreker|materinski|materinski jezik|izvorni govornik|mateřský|mateřský jazyk"
        "|rodilý mluvčí|anyanyelv|anyanyelvi|anyanyelvű|madrelingua|nativo|lingua madre|língua materna"
        "|nativa",
    },
)

CHALLENGES = Vocabulary(
    {item.value: item for item in Challenge},
    {
        "disadvantaged-pupils": "disadvantaged students|disadvantage|socially disadvantaged pupils|poverty"
        "|kansarme leerlingen|achtergestelde leerlingen|učenici u nepovoljnom položaju"
        "|žáci ze znevýhodněného prostředí|znevýhodnění žáci|hátrányos helyzetű tanulók|alunni svantaggiati"
        "|svantaggio|alunos desfavorecidos",
        "early-school-leaving": "early leaving|dropout|drop out|school dropout|vroegtijdig schoolverlaten"
        "|schooluitval|rano napuštanje školovanja|předčasné odchody ze vzdělávání|korai iskolaelhagyás"
        "|dispersione scolastica|abbandono scolastico|abandono escolar",
        "gifted-pupils": "gifted|gifted students|talented pupils|hoogbegaafde leerlingen|hoogbegaafdheid"
        "|daroviti učenici|nadaní žáci|tehetséges tanulók|tehetséggondozás|alunni plusdotati|plusdotazione"
        "|alunos sobredotados",
        "newly-arrived-migrants": "migrants|migrant pupils|newcomers|refugees|nieuwkomers"
        "|anderstalige nieuwkomers|migranti|učenici migranti|nově příchozí migranti|žáci cizinci"
        "|bevándorlók|migráns tanulók|alunni migranti|alunni stranieri|neoarrivati|migrantes"
        "|alunos migrantes",
        "small-and-remote-schools": "small schools|remote schools|small and rural schools|rural schools"
        "|kleine scholen|kleine en afgelegen scholen|male škole|male i udaljene škole|malotřídní školy"
        "|malé a odlehlé školy|kisiskolák|piccole scuole|scuole piccole e isolate|escolas pequenas"
        "|escolas pequenas e isoladas",
        "multi-age-classes": "multi age|multigrade classes|mixed age classes|leeftijdsgemengde klassen"
        "|graadsklassen|kombinirani odjeli|věkově smíšené třídy|malotřídky|osztatlan osztály"
        "|összevont osztályok|pluriclassi|pluriclasse|turmas mistas|turmas multinível",
        "stem": "steam|science technology engineering and mathematics|science and mathematics|techniek"
        "|stem područje|přírodní vědy|mtmi|természettudomány|materie scientifiche|discipline stem"
        "|ciências e tecnologia",
        "inclusion": "inclusive education|special educational needs|inclusie|inclusief onderwijs|inkluzija"
        "|uključivanje|inkluze|inkluzivní vzdělávání|inklúzió|befogadás|inclusione|inclusão",
        "distance-learning": "remote learning|online learning|distance education|afstandsonderwijs"
        "|afstandsleren|nastava na daljinu|učenje na daljinu|distanční výuka|distanční vzdělávání"
        "|távoktatás|didattica a distanza|dad|ensino à distância",
        "curriculum-development": "curriculum|curriculumontwikkeling|leerplanontwikkeling|razvoj kurikuluma"
        "|kurikulum|tvorba kurikula|rozvoj kurikula|tantervfejlesztés|sviluppo del curricolo|curricolo"
        "|desenvolvimento curricular|currículo",
        "learning-spaces": "learning environments|school spaces|leeromgevingen|leerruimtes"
        "|prostori za učenje|učební prostory|tanulási terek|tanulási környezet|ambienti di apprendimento"
        "|spazi di apprendimento|espaços de aprendizagem",
        "assessment": "evaluation|formative assessment|evaluatie|toetsing|vrednovanje|hodnocení|értékelés"
        "|valutazione|avaliação",
        "personalised-learning": "personalized learning|personalisation|individualised learning"
        "|gepersonaliseerd leren|differentiatie|personalizirano učenje|individualizirano učenje"
        "|personalizované učení|personalizovaná výuka|individualizace|személyre szabott tanulás"
        "|apprendimento personalizzato|personalizzazione|aprendizagem personalizada",
        "digital-pedagogy": "digital teaching|digital education|teaching with ict|ict|digitale didactiek"
        "|digitalna pedagogija|digitální pedagogika|digitální výuka|digitális pedagógia|didattica digitale"
        "|pedagogia digital",
        "team-teaching": "co teaching|coteaching|timski rad nastavnika|timska nastava|týmová výuka"
        "|párová výuka|csapattanítás|páros tanítás|co docenza|compresenza|codocenza|coensino"
        "|ensino em equipa",
        "environment": "sustainability|environmental education|green education|milieu|duurzaamheid|okoliš"
        "|održivi razvoj|životní prostředí|udržitelnost|környezet|környezeti nevelés|fenntarthatóság"
        "|ambiente|sostenibilità|educazione ambientale|ambiente e sustentabilidade|sustentabilidade",
    },
)
