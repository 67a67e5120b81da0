"""Labels of rows by what the row is: the field's standard terms, and wordings that no seed maps."""

from enum import StrEnum


class Role(StrEnum):
    """What a row is."""

    INCOME = "income"
    COST = "cost"
    OF_WHICH = "of_which"
    GROSS_COST = "gross_cost"
    NET_COST = "net_cost"
    GRANT = "grant"
    FINANCIAL = "financial"
    RESULT = "result"
    ACTIVITY = "activity"
    TOTAL = "total"
    REPEATED_TOTAL = "repeated_total"
    PROJECT = "project"
    CATEGORY = "category"
    INVESTMENT_TOTAL = "investment_total"
    HEADING = "heading"


# Roles whose amounts keep their sign where costs are printed positive.
NEVER_TURNED = {Role.INCOME, Role.GRANT, Role.FINANCIAL, Role.RESULT}

LABELS: dict[Role, tuple[str, ...]] = {
    Role.INCOME: ("Intäkter", "Verksamhetens intäkter", "Verksamhetsintäkter", "Summa intäkter", "Taxor och avgifter"),
    Role.COST: (
        *("Personalkostnader", "Lönekostnader", "Löner och PO", "Kostnader för arbetskraft", "Lokalhyror"),
        *("Lokalkostnader", "Internhyra", "Köp av tjänster", "Köp av verksamhet", "Entreprenader", "Konsulter"),
        *("Inhyrd personal", "Lämnade bidrag", "Försörjningsstöd", "Övriga kostnader", "Material", "Kapitalkostnader"),
        *("Avskrivningar", "Internränta", "OH-kostnader", "Fordonsdrift", "Livsmedel", "Energi och vatten", "Städning"),
    ),
    Role.OF_WHICH: ("varav personalkostnader", "varav lokaler", "varav kapitaltjänst", "varav köpta platser"),
    Role.GROSS_COST: ("Verksamhetens kostnader", "Summa kostnader", "Bruttokostnad", "Bruttokostnader", "Kostnader"),
    Role.NET_COST: ("Nettokostnad", "Nettokostnader", "Verksamhetens nettokostnader", "Netto", "Summa netto"),
    Role.GRANT: (
        *("Kommunbidrag", "Nämndbidrag", "Skattemedel", "Budgetram", "Anslag", "Nettoanslag", "Tilldelad ram"),
        *("Kommunersättning", "Driftbidrag"),
    ),
    Role.FINANCIAL: ("Finansnetto", "Räntor"),
    Role.RESULT: ("Årets resultat", "Periodens resultat", "Resultat", "Nämndens resultat", "Över-/underskott"),
    Role.ACTIVITY: (
        *("Politisk verksamhet", "Ledning och stab", "Förvaltningsgemensamt", "Förskola", "Grundskola", "Fritidshem"),
        *("Gymnasieskola", "Vuxenutbildning", "Elevhälsa", "Kulturskola", "Bibliotek", "Museer", "Fritidsgårdar"),
        *("Idrottsanläggningar", "Gator och vägar", "Park och natur", "Bygglov", "Miljötillsyn", "Räddningstjänst"),
        *("Fastighet", "Kost och städ", "Ekonomiskt bistånd", "Barn och unga", "Hemtjänst", "Särskilt boende"),
        *(
            "Funktionsstöd",
            "Arbetsmarknad",
            "Integration",
            "Enhet Norr",
            "Enhet Söder",
            "Område Ängen",
            "Team Ekbacken",
        ),
    ),
    Role.TOTAL: ("Summa", "Totalt", "Summa nämnden", "Totalt nämnden", "Summa nettokostnad"),
    Role.REPEATED_TOTAL: ("Summa", "Totalt"),
    Role.PROJECT: (
        *("Inventarier", "IT-utrustning", "Fordon", "Gatubelysning", "Lekplatser", "Verksamhetssystem", "Passersystem"),
        *("Köksutrustning", "Ombyggnad Ekbackens skola", "Nytt idrottsgolv", "Konstgräsplan", "Larm", "Möbler"),
    ),
    Role.CATEGORY: ("Reinvesteringar", "Nyinvesteringar", "Ersättningsinvesteringar", "Anpassningsinvesteringar"),
    Role.INVESTMENT_TOTAL: (
        *("Summa", "Summa investeringar", "Totala investeringar", "Nettoinvesteringar", "Totala utgifter"),
    ),
    Role.HEADING: ("Fördelning per verksamhet", "Varav per verksamhet, netto", "Verksamheter"),
}
