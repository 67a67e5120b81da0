"""Words of made-up reports: schools, streets, culture, environment; none is from a report in the project."""

MUNICIPALITIES = ("Påhittad kommun", "Låtsasby kommun", "Fantasiås kommun", "Sagostads kommun", "Skenköpings kommun")
CODES = {"9901": "Påhittad", "9902": "Låtsasby", "9903": "Fantasiås", "9904": "Sagostad", "9905": "Skenköping"}
COMMITTEES = (
    "Påhittade utbildningsnämnden",
    "Låtsade tekniska nämnden",
    "Påhittade kultur- och fritidsnämnden",
    "Låtsade miljö- och byggnämnden",
    "Påhittade vård- och omsorgsnämnden",
)

INCOME_LINES = ("Taxor och avgifter", "Hyror och arrenden", "Bidrag", "Försäljning av verksamhet", "Övriga intäkter")
COST_LINES = (
    "Personalkostnad inkl. PO",
    "Lokalkostnader",
    "Entreprenader och köp av verksamhet",
    "Material",
    "Kapitalkostnader",
    "Lämnade bidrag",
    "Konsulter och inhyrd personal",
    "Övriga verksamhetskostnader",
)
NET_LABELS = ("Nettokostnad", "Resultat", "VERKSAMHETENS NETTOKOSTNADER", "Netto", "Summa nettokostnader")
UNITS_OF_STAFF = ("- Ekonomi", "- HR", "- Kommunikation", "- IT")
TOTAL_LABELS = ("Summa", "Totalt", "Summa totalt", "TOTALT NÄMNDEN", "S:a nämnden")
SUBHEADINGS = (
    "Fördelat per verksamhet",
    "Skattefinansierad del:",
    "VERKSAMHETSOMRÅDEN, NETTO",
    "Varav per område",
    "Avgiftsfinansierad del:",
)
ACTIVITIES = (
    "Förskola",
    "Grundskola F-9",
    "Gymnasieskola och vuxenutbildning",
    "Elevhälsa",
    "Kulturskola",
    "Bibliotek",
    "Gata/park",
    "Kost och lokalvård",
    "Bygglov, plan och kart",
    "Räddningstjänst",
    "Fritidsgårdar och föreningsstöd",
    "Nämnd och stab",
    "Hemtjänst, natt",
    "Särskilt boende",
    "Vatten och avlopp",
    "Badhus & ishall",
    "Anpassad grundskola samt fritidshem för elever med behov av särskilt stöd",
    "Teknik/digital utveckling (6015, 6119)",
)
PROJECTS = (
    "Ombyggnad Almskolan etapp 2",
    "Lekplats Påhittsparken",
    "Inventarier förskola 2024",
    "GC-väg Storgatan–Stationen",
    "Utbyte av fordon",
    "Energiåtgärder i fastigheter enligt plan 2023-2026",
    "IT-utrustning",
    "Konstinköp",
    "Beläggning, gator",
    "Reinvestering VA-ledningar",
    "Ny simhall (förstudie)",
    "Trygghetslarm, 4G",
)
INDICATORS = (
    "Andel elever i årskurs 9 som är behöriga till yrkesprogram (%)",
    "Meritvärde årskurs 9, genomsnitt",
    "Barn per årsarbetare i förskolan",
    "Antal besök på biblioteken",
    "Andel beslut om bygglov inom 10 veckor, %",
    "Nöjd-kund-index företagsklimat",
    "Antal aktiva låntagare per 1 000 invånare",
    "Andel ekologiska livsmedel av inköp totalt",
    "Handläggningstid i dagar från komplett ansökan till beslut, median",
    "Vattenförluster i ledningsnätet",
    "Hållbart medarbetarengagemang (HME), totalindex",
    "Andel lärare med legitimation och behörighet i minst ett ämne",
    "Antal klagomål på snöröjning",
    "Antal deltagartillfällen, 7-20 år",
    "Elever som har avslutat sina studier inom 4 år",
)
VOLUMES = (
    "Antal barn i förskola",
    "Antal elever F-9",
    "Antal lunchportioner",
    "Utlån, fysiska medier",
    "Antal beviljade bygglov",
    "Hushåll med kommunalt vatten",
    "Levererad dricksvattenmängd, m3",
    "Besökare i simhallen inklusive föreningar och skolor under ordinarie öppettider",
    "Antal hemtjänsttimmar, utförda",
    "Gatubelysning, antal ljuspunkter",
    "Felparkeringsavgifter",
    "Antal placerade elever i annan kommun",
)
STAFF = (
    "Antal tillsvidareanställda",
    "Antal visstidsanställda",
    "Arbetad tid (årsarbetare)",
    "Medelålder",
    "Andel heltidsanställda (%)",
    "Extern rörlighet, procent",
    "Timavlönade, timmar",
    "Övertid och mertid i timmar",
    "Nyttjade friskvårdsbidrag",
)
SICK_LEAVE = (
    "Sjukfrånvaro totalt",
    "Kvinnor",
    "Män",
    "<29 år",
    "30-49 år",
    "50 år>",
    "Dag 1-14",
    "Dag 15-59",
    "Dag 59>",
)
ASSIGNMENTS = (
    "Nämnden ska ta fram en plan för hur lokalerna kan samutnyttjas på kvällar och helger",
    "Utreda förutsättningar för en gemensam växel tillsammans med grannkommunerna",
    "Inför e-tjänst för ansökan om föreningsbidrag",
    "Minska matsvinnet i skolköken med 20 % till 2026",
    "Se över taxan för upplåtelse av offentlig plats",
    "Redovisa åtgärder för ökad trafiksäkerhet vid skolor",
)
STATUSES = ("Pågår", "Klart", "Ej påbörjad", "Avslutat", "Försenat", "Enligt plan")
RISKS = (
    "Bristande följsamhet mot avtal",
    "Otillåten direktupphandling",
    "Fel i löneutbetalningar",
    "Driftstopp i verksamhetssystem",
    "Kompetensbrist i nyckelroller",
    "Behörigheter som inte avslutas i tid",
    "Jäv och mutor vid tillsyn",
)
MARK_HEADERS = (("Helt", "Till stor del", "Delvis", "Inte alls"), ("Ja", "Delvis", "Nej"), ("Grön", "Gul", "Röd"))
GROUND_TASKS = (
    "Utbildning av god kvalitet",
    "Trygga och rena utemiljöer",
    "Rättssäker tillsyn",
    "Kultur för alla åldrar",
)
WORDED_CELLS = ("Stängt", "Ej aktuellt", "ung 116 000", "ca 40", "saknas")
COMPLAINT_KINDS = ("Beröm", "Förslag", "Fråga", "Klagomål", "Övrigt")

PROSE = (
    "Den påhittade nämnden väntas gå 3,2 mnkr över sin påhittade budget, varav 1,4 mnkr avser lokaler.",
    "Sedan maj har 17 av 42 låtsade ärenden avslutats och ytterligare 8 väntas bli klara före den 31 december.",
    "Texten är uppdiktad och finns bara för att stå mellan två tabeller, som löptext gör i riktiga rapporter.",
    "Av de 1 240 fingerade besöken gjordes 61 procent av kvinnor.",
    "Kontaktcenter för hittepå nås på telefon 099-123 45 00 vardagar 8-16.",
    "Jämfört med föregående år är det en ökning med 12 % eller 340 tkr, vilket är hopdiktat.",
    "• Låtsasprojektet kostar 2,5 mnkr mer än beräknat",
    "• Ingen av de 3 påhittade åtgärderna är genomförd",
)
REMARKS = (
    "Uppdiktad kommentar om att inget har köpts in under perioden.",
    "Här skulle en förklaring till avvikelsen stå, men den är påhittad och nämner 25 tkr.",
    "Låtsat överskott på grund av vakanser som tillsätts 2026.",
)
FOOTNOTES = (
    "avser perioden 1 januari - 31 juli, påhittat",
    "preliminär och uppdiktad uppgift",
    "exklusive 12 låtsade tjänster med mera",
    "nytt påhittat mått från 2024",
)
COMMENTS = (
    "Arbetet pågår enligt en uppdiktad tidplan och 4 av 9 steg är tagna. Nästa låtsade avstämning sker i oktober.",
    "Påhittad kommentar som är tillräckligt lång för att brytas över flera rader i en smal kolumn i tabellen.",
    "Inget att rapportera i denna hopdiktade rapport.",
    "Fingerade åtgärder har vidtagits under 2025 - bland annat fler stickprov.",
)
