/* Short stories in, who is held to speak in each statement out. */
#include "check.h"

#include "extract/extract.h"
#include "rules_shared.h"

static Statements read_text_from(const char *text, const char *place, Arena *arena)
{
    Extractor *extractor = extractor_open(rules_shared(), (ExtractOptions){ 0 });
    Story story = { .id = STR("t"), .text = str_from(text), .published = DATE_UNKNOWN, .place = str_from(place) };
    date_parse(STR("2025-02-13"), &story.published);
    Statements found = { 0 };
    Problems problems = { 0 };
    extract_story(extractor, &story, arena, &found, &problems);
    CHECK(problems.errors == 0);
    extractor_close(extractor);
    return found;
}

static Statements read_text(const char *text, Arena *arena)
{
    return read_text_from(text, "", arena);
}

/* The speakers of a story's statements, joined by " | ". */
static Str speakers_of(const char *text, Arena *arena)
{
    Statements found = read_text(text, arena);
    Str out = STR("");
    for (size_t i = 0; i < found.len; i++)
        out = str_printf(arena, "%.*s%s%.*s", STR_ARG(out), i ? " | " : "", STR_ARG(found.ptr[i].speaker.ptr ? found.ptr[i].speaker : STR("?")));
    return out;
}

static const struct { const char *name, *text, *want; } speaker_rows[] = {
    { "name behind what the role is of", "Norwegian Ambassador to Zorvania Octavio Moe said the pact was dead.", "Octavio Moe" },
    { "portfolios joined by and", "House Ways and Means Committee Chairman Kevin Moe said the pact was dead.", "Kevin Moe" },
    { "roles joined by and", "Chairman and chief executive officer Ben Roe said the bank would grow.", "Ben Roe" },
    { "two people joined by and", "Moe and Treasury Secretary Ada Roe said the pact was dead.", "Moe and Ada Roe" },
    { "somebody else's name in front", "The pact is dead, said Per Moe campaign spokesman Kevin Roe.", "Kevin Roe" },
    { "hyphen behind a place", "The pact is dead, said Oslo-based strategist Kevin Roe.", "Kevin Roe" },
    { "hyphened surname", "Foreign Minister Ada Leigh-Moe left. Leigh-Moe said the pact was dead.", "Ada Leigh-Moe" },
    { "a people is its country", "The Japanese said the pact was dead.", "Japan" },
    { "titled name behind a role", "The chairman of the chiefs, Gen. Kevin Roe Jr., said the pact was dead.", "Kevin Roe Jr." },
    { "two appositions", "Kevin Roe, president of the Salmon Fund, a lobby allied with the fleet, said the pact was dead.", "Kevin Roe" },
    { "age in between", "Kevin Roe, 58, said the pact was dead.", "Kevin Roe" },
    { "firm with and", "Merry Fjord and Timber Co said it had lost money.", "Merry Fjord and Timber Co" },
    { "firm for short", "Zorvan Salmon Co said it had grown. Zorvan said it would grow.", "Zorvan Salmon Co | Zorvan Salmon Co" },
    { "firm by its letters", "General Salmon Works Corp said it had grown. GSW said it would grow.", "General Salmon Works Corp | General Salmon Works Corp" },
    { "the company", "Zorvan Salmon Ltd said it had found fish. Fjord Oil Ltd holds a share. The company said the catch was big.",
      "Zorvan Salmon Ltd | Zorvan Salmon Ltd" },
    { "the company is no ministry", "The Fisheries Ministry said the fleet would sail. The company said it would not.", "Fisheries Ministry | company" },
    { "part of a firm", "A Zorvan Group Inc unit, Fjord Works Inc, said it had won.", "Fjord Works Inc" },
    { "spokesman stays unnamed", "A Zorvan Party spokesman said the pact was dead.\n\nAda Roe said it was not.", "Zorvan Party spokesman | Ada Roe" },
    { "who is named in the next sentence", "A Zorvan judge said the ban would stay. Judge Ada Roe wrote that it was lawful.", "Ada Roe | Ada Roe" },
    { "somebody else in the next sentence", "A Zorvan judge said the ban would stay. Senator Ada Roe said it was unjust.", "Zorvan judge | Ada Roe" },
    { "two sides and a rank", "Senior Norwegian and Swedish officials said the pact was dead.", "Senior Norwegian and Swedish officials" },
    { "who was hired", "A broker hired by the Salmon Fund said the price would fall.", "broker" },
    { "role behind what a body is of", "Bank of Zorvania governor Kevin Moe said the rate would fall. He said it was high.", "Kevin Moe | Kevin Moe" },
    { "unknown verb behind a name", "Ada Moe reminisced about the fleet. She said it was large.", "Ada Moe" },
    { "single name with an article", "The Zorvanbank said the rate would fall. It said inflation was low.", "Zorvanbank | Zorvanbank" },
    { "he is no firm", "Navy spokesman Kevin Moe praised Zorvan Works. He said the fleet was large.", "Kevin Moe | Kevin Moe" },
    { "they", "Salmon farmers said the rate would fall. They said the catch was big.", "Salmon farmers | Salmon farmers" },
    { "a nickname", "Zorvan chairman Kevin \"Sonny\" Moe said the fleet would sail. Moe said it was large.", "Kevin Moe | Kevin Moe" },
    { "a given name that is a role", "Dean Moe, a strategist, said the pact was dead.", "Dean Moe" },
    { "chief of staff", "White House Chief of Staff Kevin Moe said the pact was dead.", "Kevin Moe" },
    { "initials of a firm", "Q.Z. Fjord Co said it had grown. Fjord said it would grow.", "Q.Z. Fjord Co | Q.Z. Fjord Co" },
    { "the court", "A federal court said the ban would stay. The court said it was lawful.", "federal court | federal court" },
    { "the Commission of a longer name", "The Salmon Pricing Commission met. The Commission said the pact was dead.", "Salmon Pricing Commission" },
    { "his office", "Minister Kevin Moe has left Oslo for good, his office said.", "Kevin Moe's office" },
    { "her spokesman", "Minister Ada Roe was ill. Her spokesman said the pact was dead. The spokesman said it was over.", "Ada Roe's spokesman | Ada Roe's spokesman" },
    { "its board", "The Salmon Trust of Norway was late. Its board said the pact was dead.", "board" },
    { "the company of a part", "Zorvan Corp's salmon unit is for sale. The company said the pact was dead.", "Zorvan Corp" },
    { "the company that opens the story", "Zorvan is famous for salmon. Few fish like Zorvan can be had. The company said the pact was dead.", "Zorvan" },
    { "a firm called like a role", "Ambassador Salmon Corp grew. Ambassador said the pact was dead.", "Ambassador Salmon Corp" },
    { "a firm whose name opens with an adverb", "Long Fjord Salmon Co said the pact was dead.", "Long Fjord Salmon Co" },
    { "a group beside the public", "The plan is unpopular with the public and Democrats said it was dead.", "Democrats" },
    { "groups of capitals", "Senior U.S. Republican and Democratic Senators said the pact was dead.", "Senior U.S. Republican and Democratic Senators" },
    { "a verb behind its auxiliary", "The fleet has petitioned Oslo for what it believes is fair.", "Oslo" },
    { "a capital behind a full stop", "Per Moe Jr. Had said the pact was dead.", "Per Moe Jr." },
    { "a joining word behind a full stop", "The U.S. Has said the pact was dead.", "United States" },
    { "a title behind a full stop", "U.S. Under Secretary Per Moe said the pact was dead.", "Per Moe" },
    { "the end of a long name", "Foreign Minister Ada San Fjell Roe left. Fjell Roe said the pact was dead.", "Ada San Fjell Roe" },
    { "a kingdom and its king", "Saudi Arabia said the pact was dead.", "Saudi Arabia" },
    { "a named colleague's words", "White House spokeswoman Ada Roe said President Donald Trump told the council that the pact was dead.", "Ada Roe | Donald Trump" },
    { "whose statement it is", "The Palace said in a statement that the pact was dead as President Ada Roe began a visit. Norway kept silent. "
      "\"It was late,\" the statement said.", "Palace | Palace" },
    { "whose statement it must be", "Norway fell silent. The Fjord Bureau denied the reports. The statement said the pact was dead.", "Fjord Bureau | Fjord Bureau" },
    { "a president by his surname", "President Donald Trump left. Ivanka Trump stayed. Trump said the pact was dead.", "Donald Trump" },
    { "together", "Ada Roe, Per Moe and Kevin Loe said the pact was dead.", "Ada Roe, Per Moe and Kevin Loe" },
    { "together with the unnamed", "Ada Roe and her aides said the pact was dead.", "Ada Roe" },
    { "thanked, not together", "Kevin Loe thanked Ada Roe and Per Moe said the pact was dead.", "Per Moe" },
    { "together behind the cue", "The pact was dead and buried, said Ada Roe and Per Moe.", "Ada Roe and Per Moe" },
    { "behind a fronted phrase", "As the Fjord Ministry fell silent, Ada Roe left the hall, telling reporters that the pact was dead.", "Ada Roe" },
    { "called like a city", "Valeska Paris left the ship. Paris said that the voyage was long.", "Valeska Paris" },
    { "an unknown given name", "According to Norwegian Ambassador to the United States Zamdullah Moe, the pact was dead.", "Zamdullah Moe" },
    { "who begins the pronoun's sentence", "Kevin Loe praised the pact. Per Moe was wrong when he said that it was dead.", "Kevin Loe | Per Moe" },
    { "but not in front of a comma", "Ada Roe went home. Kevin Loe and Per Moe were both in the talks, she said.", "Ada Roe" },
    { "subject of the paragraph before", "Kevin Loe said the rate would fall.\n\nPer Moe put it at two percent.\n\nHe said it was high.", "Kevin Loe | Per Moe" },
    { "it is no filing", "In a filing with the court, Zorvan Salmon Co, once a small firm, said the catch was big.\n\nIt said the price had been low.",
      "Zorvan Salmon Co | Zorvan Salmon Co" },
    { "a surname that is a title", "According to consumer spokesman Peter Baron of Sweden, the pact was dead.", "Peter Baron" },
    { "an adverb in front", "Allegedly, she left. Ada Roe said that the pact was dead.", "Ada Roe" },
    { "the Agency", "The Economic Planning Agency said the fleet would grow. The Agency said it was small.", "Economic Planning Agency | Economic Planning Agency" },
    { "his office is nobody's before", "The Fjord Tax Office said the levy would stay. His office said it would go.", "Fjord Tax Office | office" },
    { "what a firm is stands in front", "The underwriter Fjord Bank Ltd said the rate would rise.", "Fjord Bank Ltd" },
    { "a people's name in a firm's", "American Savings said the rate would rise.", "American Savings" },
    { "epithet", "Kevin Moe said the pact was late. The Kentucky Republican told reporters that it was dead.", "Kevin Moe | Kevin Moe" },
    { "a role that begins like a verb", "Press Secretary Kevin Moe said the pact was dead.", "Kevin Moe" },
    { "name behind a portfolio", "Undersecretary of economic affairs Kevin Moe said the pact was dead.", "Kevin Moe" },
    { "a firm and its sign", "Zorvan Salmon Plc <ZRVN.L> said it had grown. It said the catch was big.", "Zorvan Salmon Plc | Zorvan Salmon Plc" },
    { "a sign in brackets", "Prices fell a lot, Zorvan Salmon Plc (ZRVN.L) said in a statement.", "Zorvan Salmon Plc" },
    { "a firm in marks", "<Zorvan Salmon Ltd> said it had grown. The company said the catch was big.", "Zorvan Salmon Ltd | Zorvan Salmon Ltd" },
    { "small letters at its end", "General Salmon Works corp said it had grown. The company said it would.", "General Salmon Works corp | General Salmon Works corp" },
    { "firm of a country", "General Salmon of Norway Ltd said it had grown.", "General Salmon of Norway Ltd" },
    { "man of a firm", "Kevin Moe of Salmon Works Inc said it had grown.", "Kevin Moe" },
    { "firm that begins with first", "First Zorvan Corp said it had grown. First Zorvan said it would.", "First Zorvan Corp | First Zorvan Corp" },
    { "savings and loan", "Fjord Savings and Loan Association said it had grown. Fjord Savings said it would.",
      "Fjord Savings and Loan Association | Fjord Savings and Loan Association" },
    { "part of a firm that speaks", "Zorvan Group Inc's Fjord Works unit said it had grown. The company said it would.",
      "Zorvan Group Inc's Fjord Works unit | Zorvan Group Inc's Fjord Works unit" },
    { "whom a firm asks is no company", "Zorvan Salmon Co said it will ask Fjord Works to sail. The company said the catch was big.",
      "Zorvan Salmon Co | Zorvan Salmon Co" },
    { "a firm that has not spoken", "The slump makes it vital for Zorvan Salmon Co to sail on, the company said.", "Zorvan Salmon Co" },
    { "department stores are no office", "Fjord Department Stores Inc said it had grown. The company said it would.",
      "Fjord Department Stores Inc | Fjord Department Stores Inc" },
    { "it, for a name that may be anything", "Zorvania Salmon said the catch was big. It said the price was low.", "Zorvania Salmon | Zorvania Salmon" },
    { "it, in the clause of its own body", "Zorvan Co said the catch was big. Fjord Ltd kept the boats it said were lost.", "Zorvan Co | Fjord Ltd" },
    { "it, in front of a comma", "Zorvan Co said the catch was big. Fjord Ltd kept the boats, it said.", "Zorvan Co | Zorvan Co" },
    { "an agency by what it is", "Prices fell in Norway, its statistics agency Norstat said. It said the number was low. The agency said it would fall.",
      "Norstat | Norstat | Norstat" },
    { "a paper by what it is", "The newspaper Fjordposten said the fleet would sail. The newspaper said it was large.", "Fjordposten | Fjordposten" },
    { "the central bank", "The Bank of Norway is late. Oslo Salmon Bank Ltd said it had waited. The central bank said the rate would fall.",
      "Oslo Salmon Bank Ltd | Bank of Norway" },
    { "what a company is", "Zorvan Salmon Co, a privately held company, said it had grown. The company said it would.", "Zorvan Salmon Co | Zorvan Salmon Co" },
    { "the first official", "\"We will sail tomorrow,\" said the first official.", "first official" },
    { "the agency that spoke", "Zorvan Ratings Service Inc said it cut the debt. The rating agency said the price was low.",
      "Zorvan Ratings Service Inc | Zorvan Ratings Service Inc" },
    { "the new company is another one", "Zorvan Salmon Co said it had grown. The new company said it would.", "Zorvan Salmon Co | new company" },
    { "holding company", "Zorvan Salmon Co said it had grown. The bank holding company said it would.", "Zorvan Salmon Co | Zorvan Salmon Co" },
    { "whom he works for", "Zorvan Salmon Co chairman Kevin Moe said it had grown. The company said it would.", "Kevin Moe | Zorvan Salmon Co" },
    { "a surname is no agency", "Zorvan Fjordman said it had grown. Fjordman said it would. The agency said it did not.", "Zorvan Fjordman | Zorvan Fjordman | agency" },
    { "previously announced", "Zorvan Salmon Co completed the previously announced sale of its boats.", "" },
    { "a chairman called Susan", "Zorvan Salmon Co chairman Susan Roe said it had grown. She said it would.", "Susan Roe | Susan Roe" },
    { "a firm behind what it is of", "Salmon International of Fjord Inc president Kevin Moe said it had grown.", "Kevin Moe" },
    { "a firm of a land, in marks", "<Zorvan Salmon Co> of Sweden said it had grown.", "Zorvan Salmon Co" },
    { "a man and a firm", "Zorvan Co vice chairman Kevin Moe and Fjord Works Inc said they had met.", "Kevin Moe and Fjord Works Inc" },
    { "a firm and Co", "Kevin Moe and Co said it had grown.", "Kevin Moe and Co" },
    { "the spokesman is no rights", "The bank bought crowns, a Bank spokesman said. They fell for want of Special Fishing Rights, the spokesman said.",
      "Bank spokesman | Bank spokesman" },
    { "one of them", "One of the drafted suits says the port is closed.", "One of the drafted suits" },
    { "short for small letters", "Zorvan Salmon corp said it had grown. Zorvan said it would.", "Zorvan Salmon corp | Zorvan Salmon corp" },
    { "co Inc", "J.C. Zorvan co Inc said it had grown.", "J.C. Zorvan co Inc" },
    { "a company as what it is", "Moe Group may bid for the Fjord fishing company. Zorvan Co said it had grown. The company said it would.", "Zorvan Co | Zorvan Co" },
    { "he, of whom no list knows", "Oil is cheap, one Zorvan refiner said. \"We do not want to press them,\" he added.", "Zorvan refiner | Zorvan refiner" },
    { "they, of whom no list knows", "The rise came, but underwriters said they doubt that firms will hurry. The rate is high, they said.", "underwriters | underwriters" },
    { "a firm of two of a name", "Moe and Moe said it had grown. The company said it would.", "Moe and Moe | Moe and Moe" },
    { "a firm named twice", "Fjord Works Inc made a bid for Zorvan and Zorvan said it was late.", "Zorvan" },
    { "a part in what a firm says", "Zorvan Salmon Co said its Fjord Works Inc subsidiary agreed to sail. The company said it would grow.",
      "Zorvan Salmon Co | Zorvan Salmon Co" },
    { "a letter that is no article", "The case goes on, Judge Per A. Rimsky Jr. said. \"We wait,\" Rimsky said.", "Per A. Rimsky Jr. | Per A. Rimsky Jr." },
    { "a full stop that ends two things", "The letters were sent by Per Moe Jr. Moe Jr. said they were his.", "Per Moe Jr." },
    { "neither", "Roe denies that she knew. Neither Roe nor the ministry was named.", "Roe" },
    { "who spoke last, not another of that party", "The Republican leader, Per Moe, came. Ada Roe said it was late. \"Too late,\" said the Oslo Republican.",
      "Ada Roe | Ada Roe" },
    { "somebody of whom something is told", "They heard of the choice of Kevin Moe. Ada Roe said he had left. Moe erred in letters in which he called it fish.",
      "Ada Roe | Kevin Moe" },
    { "a general that is a firm", "Zorvan General Corp said it had grown. The port is closed, Zorvan General said.", "Zorvan General Corp | Zorvan General Corp" },
    { "a place inside a firm's name", "Zorvan (Far East) Ltd said it had grown. Zorvan Bank A/S said it would.", "Zorvan (Far East) Ltd | Zorvan Bank A/S" },
    { "a peer", "Lord Rimsky said it was over. A clerk, Per Rimsky, was jailed. Lord Rimsky said it was late.",
      "Lord Rimsky | Lord Rimsky" },
    { "a paper for short", "Kevin Moe left, the Oslo Post said. The ministry waits. The Post said he was ill.", "Oslo Post | Oslo Post" },
    { "the companies", "Zorvan Co <ZRV> and Fjord Works Inc said they had met. The companies said it was late.",
      "Zorvan Co and Fjord Works Inc | Zorvan Co and Fjord Works Inc" },
    { "the two men", "Kevin Moe and Per Roe said they had met. The two men said it was late. Some men said it was not.",
      "Kevin Moe and Per Roe | Kevin Moe and Per Roe | some men" },
    { "two, three and more", "Ada Roe, Per Moe, and Kevin Low said they had met. They said it was late. Both said it was cold.",
      "Ada Roe, Per Moe and Kevin Low | Ada Roe, Per Moe and Kevin Low | Ada Roe, Per Moe and Kevin Low" },
    { "two with asides", "Ada Roe, a Democrat, and Per Moe, R-Oslo, said they had met. The lawmakers said it was late.",
      "Ada Roe and Per Moe | Ada Roe and Per Moe" },
    { "two behind their verb", "\"It is late,\" said Ada Roe and Per Moe. According to Ada Roe and Kevin Low, it was cold.",
      "Ada Roe and Per Moe | Ada Roe and Kevin Low" },
    { "two of whom a place is no third", "In Oslo, Norway, Ada Roe and Per Moe said they had met.", "Ada Roe and Per Moe" },
    { "two whom the story named in passing", "The ministry showed letters by Ada Roe and Per Moe. The two said it was late.", "Ada Roe and Per Moe" },
    { "two themselves", "Ada Roe and Per Moe both said they had met. Roe herself said it was late.", "Ada Roe and Per Moe | Ada Roe" },
    { "two by their office", "Senator Ada Roe and Senator Per Moe said they had met. The senators said it was late. Some senators said it was not. "
      "The senators said it was cold.", "Ada Roe and Per Moe | Ada Roe and Per Moe | some senators | some senators" },
    { "two of whom it is told first who they are", "Two lawmakers, Ada Roe and Per Moe, said they had met.", "Ada Roe and Per Moe" },
    { "he who has a name", "Ada Roe and her aides said they had met. Per Moe and others said it was late.", "Ada Roe | Per Moe" },
    { "countries", "Norway and Sweden said they had met. The two countries said it was late. Mexico, Norway and others said it was cold.",
      "Norway and Sweden | Norway and Sweden | Mexico, Norway and others" },
    { "one in two offices", "The writer and teacher said it was late. The chairman and chief executive Per Moe said it was cold.",
      "writer and teacher | Per Moe" },
    { "one of a board of two things", "Kevin Low, the leader of the Salmon and Herring Workers Union said it was late.", "Kevin Low" },
    { "he, not whom he met", "Kevin Moe said he would stay. His office was pleased with Per Roe. \"It is late,\" he said.", "Kevin Moe | Kevin Moe" },
    { "he, behind a fronted phrase", "Per Roe said the port would stay. On Fjord TV, Kevin Moe left early when he said that it was late.",
      "Per Roe | Kevin Moe" },
    { "a paper and who published it", "The Salmon Board published a report on Monday. The report said the port was closed. \"It is late,\" it said.",
      "Salmon Board | Salmon Board" },
    { "a paper signed by its writer", "A letter signed by Ada Roe says the port is closed. The letter also says the fleet is old. Per Moe said a letter was late. "
      "The letter said it was not.", "Ada Roe | Ada Roe | Per Moe | letter" },
    { "a paper in which they wrote", "In a letter to the board, Ada Roe and Per Moe wrote that it was late. The letter said it was cold.",
      "Ada Roe and Per Moe | Ada Roe and Per Moe" },
    { "a paper in which he said it", "Ada Roe said on Monday in a memo that it was late. The memo said it was cold.", "Ada Roe | Ada Roe" },
    { "a paper of which he is accused", "Ada Roe was quoted in a memo. The memo said it was late.", "memo" },
    { "a paper by a clerk of a place", "The envoy in Oslo said in a field report it was late. The report said it was cold.", "envoy in Oslo | envoy in Oslo" },
    { "figures", "Exports of fish fell in May, according to figures from the Central Bureau of Statistics. The figures showed that imports rose.",
      "Central Bureau of Statistics | Central Bureau of Statistics" },
    { "a page of his own", "Ada Roe left the board, according to her LinkedIn page.", "Ada Roe" },
    { "a page of its own", "The Salmon Board, which runs the port, is in debt, according to its website.", "Salmon Board" },
    { "Motors that no general leads", "General Motors said it had grown.", "General Motors" },
    { "the officials", "Two Navy officials said the fleet would sail. The officials said it was large.", "Navy officials | Navy officials" },
    { "a house and Co", "Zorvan, Moe and Co said it had grown. Zorvan said it would.", "Zorvan, Moe and Co | Zorvan, Moe and Co" },
    { "a firm by its second word", "Fjord Zorvan Co said it had grown. Zorvan said it would.", "Fjord Zorvan Co | Fjord Zorvan Co" },
    { "named in passing", "He beat his rival Kim Rimsky 4-6 in Oslo. Rimsky said it was late.", "Kim Rimsky" },
    { "a brand is no man", "Deere and Co said it had grown. It sells John Deere boats. Deere said it would.", "Deere and Co | Deere and Co" },
    { "a firm named in passing", "Zorvan Salmon Corp's board met. A former Fjord Works Inc clerk left. Zorvan Salmon said it had grown. Fjord Works said it would.",
      "Zorvan Salmon Corp | Fjord Works Inc" },
    { "somebody called King", "Representative Peter King left. King said it was late.", "Peter King" },
    { "a house of three", "Zorvan, Moe and Lyle said it had grown. Zorvan said it would.", "Zorvan, Moe and Lyle | Zorvan, Moe and Lyle" },
    { "three of whom one has more names", "Zorvan Salmon Co is old. Zorvan, Moe and Lyle said it had grown. Zorvan said it would.",
      "Zorvan Salmon Co, Moe and Lyle | Zorvan Salmon Co" },
    { "some in a party", "Some in the party said it was late.", "Some in the party" },
    { "a name with a small word that owns", "Oslo Mayor Per de Rimsky's fight was long. De Rimsky has said it is over. But de Rimsky said it was late.",
      "Per de Rimsky | Per de Rimsky" },
    { "nearly", "Nearly two officials left. Per Moe said it was late.", "Per Moe" },
    { "who works at a bank", "Kevin Rimsky of the Bank of Norway said it was late. The pact is dead, said Bank of Norway's Rimsky.",
      "Kevin Rimsky | Kevin Rimsky" },
    { "years of a report", "The Salmon Ministry's 1986/87 report said the catch was big.", "Salmon Ministry's 1986/87 report" },
    { "letters of hyphened words", "Rio Zorvan-Zinc Corp Plc said it had grown. RZZ said it would.", "Rio Zorvan-Zinc Corp Plc | Rio Zorvan-Zinc Corp Plc" },
    { "the administration of an official", "A Rimsky administration official left. The administration said it was late.", "Rimsky administration" },
    { "the panel", "Senate Salmon Committee chairman Kevin Moe said it was late. The panel said it was not.", "Kevin Moe | Senate Salmon Committee" },
    { "a dateline is no body", "OSLO (Zorvan Wire) - Per Moe said it was late. The committee said it was not.", "Per Moe | committee" },
    { "in answer to somebody, the spokesman", "In response to questions from Zorvan, the Salmon spokesman said it was late.", "Salmon spokesman" },
    { "a son", "Per Moe Jr. said it was late. Per Moe said it was long. Moe Jr. said it was good.", "Per Moe Jr. | Per Moe | Per Moe Jr." },
    { "a president, not his son", "Donald Trump Jr. said it was late. Trump said it was long. President Trump said it was good.",
      "Donald Trump Jr. | Donald Trump | Donald Trump" },
    { "a senator called junior", "Senator Marco Rubio Jr. said it was late.", "Marco Rubio" },
    { "surname in the middle", "Energy Minister Javier Lantos Ibarro said it was late. Lantos said it was long.", "Javier Lantos Ibarro | Javier Lantos Ibarro" },
    { "the firm of a man", "Morgan Zorvan and Co Inc said it had grown. Morgan Zorvan said it would.", "Morgan Zorvan and Co Inc | Morgan Zorvan and Co Inc" },
    { "a firm by its founder", "Peter Zorvan Co said it had grown. Zorvan said it would.", "Peter Zorvan Co | Peter Zorvan Co" },
    { "a trust for short", "Zorvan Corp Salmon Trust said it had grown. Zorvan Salmon said it would.", "Zorvan Corp Salmon Trust | Zorvan Corp Salmon Trust" },
    { "letters of a firm but its end", "Norwegian Salmon Co Plc said it had grown. NS said it would.", "Norwegian Salmon Co Plc | Norwegian Salmon Co Plc" },
    { "a firm that looks like another's part", "FJ Salmon Inc said it had grown. FJ Boats was sold. FJ said it would.", "FJ Salmon Inc | FJ Salmon Inc" },
    { "a saint is no initial", "St. Zorvan Salmon Corp said it had grown. St. Zorvan said it would.", "St. Zorvan Salmon Corp | St. Zorvan Salmon Corp" },
    { "a slash in a name", "A Zorvan/Fjord Weekly poll found that the price was high.", "Zorvan/Fjord Weekly poll" },
    { "a comma in a firm's name", "Zorvan Salmon, Inc said it had grown.", "Zorvan Salmon, Inc" },
    { "a given name in short", "Geo. A. Zorvan Corp said it had grown.", "Geo. A. Zorvan Corp" },
    { "what a body is for", "The Joint Committee on Salmon said it was late. The Institute for Fish and Fjord Studies said it was not.",
      "Joint Committee on Salmon | Institute for Fish and Fjord Studies" },
    { "a body for something, and a firm", "The Institute for Fish Studies and Zorvan Corp said it was late.", "Institute for Fish Studies and Zorvan Corp" },
    { "a firm that begins with united", "United Zorvan said it had grown.", "United Zorvan" },
    { "letters of a body that a phrase holds", "The survey of the Salmon Office was late. SO said it was not.", "SO" },
};

static void test_speakers(void)
{
    for (size_t i = 0; i < BASE_COUNT(speaker_rows); i++) {
        Arena arena;
        arena_init(&arena);
        CHECK_STR(speaker_rows[i].name, speakers_of(speaker_rows[i].text, &arena), str_from(speaker_rows[i].want));
        arena_clear(&arena);
    }
}

/* The country of the first statement's speaker; "" when unknown. */
static const struct { const char *name, *text, *want; } country_rows[] = {
    { "of a people", "A Norwegian envoy said the fleet would sail.", "NO" },
    { "of a body that only one country has", "White House spokesman Kevin Loe said the fleet would sail.", "US" },
    { "a body that many have", "Defence Department officials said the fleet would sail.", "" },
    { "a body that many have, in a named country", "Australia is far away. Defence Department officials said the fleet would sail.", "AU" },
    { "what an expert knows about", "A Norway expert said the fleet would sail.", "" },
    { "of the country named before", "Norway fell silent. The country's foreign minister said the fleet would sail.", "NO" },
    { "of the state that is there", "Moscow said the fleet would sail.", "RU" },
    { "of the state whose palace it is", "The Kremlin said the fleet would sail.", "RU" },
    { "of no country named before", "The country's foreign minister said the fleet would sail.", "" },
    { "an official's office", "Lavrov's office said the fleet would sail.", "RU" },
    { "an official's spokesman", "A spokesman for Sergei Lavrov said the fleet would sail.", "RU" },
    { "an official's campaign", "Lavrov's campaign said the fleet would sail.", "" },
    { "nobody whose name is a body's too", "A spokesman for the UN's World Fund said the fleet would sail.", "" },
    { "anybody's office", "Rimsky's office said the fleet would sail.", "" },
    { "of a government that others of its country speak beside",
      "The government said the ships would leave Norway. Ships came to Norway, and went from Norway. Downing Street and the White House fell silent.", "NO" },
    { "of a government whose own alone speak beside",
      "The government said the ships would leave Norway. Ships came to Norway, and went from Norway. Downing Street fell silent. British Foreign Minister Per Moe fell silent.", "GB" },
    { "of whom he speaks for", "A spokesman for the foreign ministry of Norway said the fleet would sail.", "NO" },
    { "an official's aide", "An aide to Sergei Lavrov said the fleet would sail.", "RU" },
    { "of the bank of another", "A spokesman for an Australian bank said the fleet would sail.", "" },
    { "a name is no country", "Chad Moe said the fleet would sail.", "" },
    { "whose office it is", "Per Moe, head of Norway's coast guard, said the fleet would sail.", "NO" },
    { "of an office that one country has", "Norway fell silent in Norway. Tory spokesman Per Moe said the fleet would sail.", "GB" },
    { "of an office that many have", "Norway fell silent in Norway. Transport spokesman Per Moe said the fleet would sail.", "NO" },
    { "of a country's body", "Per Moe, commander of the Norwegian army, said the fleet would sail.", "NO" },
    { "a capital in a name", "Kevin Oslo said the fleet would sail.", "" },
    { "a bank whose last word is another's", "Zorvan Savings Bank FSB said the fleet would sail.", "" },
    { "between countries", "The Inter-American Salmon Bank said the fleet would sail.", "" },
    { "an ambassador from somewhere", "Norway and the Norwegians wait. Ambassador Kevin Loe said the fleet would sail.", "" },
    { "not of what one knows about", "Per Moe, a critic of Norwegian ministry rules, said the fleet would sail.", "" },
    { "not of the kind of firm", "Per Moe, manager of a European bank, said the fleet would sail.", "" },
    { "an analyst serves none", "Norway and the Norwegians wait. Zorvan Bank analyst Kevin Moe said the fleet would sail.", "" },
    { "a place that ends in a country's name", "A New Mexico rancher said the fleet would sail.", "" },
    { "of his master", "Norwegian envoy Ada Roe left. A spokesman for Roe said Sweden and the Swedes were told.", "NO" },
};

static void test_countries(void)
{
    for (size_t i = 0; i < BASE_COUNT(country_rows); i++) {
        Arena arena;
        arena_init(&arena);
        Statements found = read_text(country_rows[i].text, &arena);
        CHECK_ROW(country_rows[i].name, found.len == 1);
        if (found.len == 1)
            CHECK_STR(country_rows[i].name, found.ptr[0].country.ptr ? found.ptr[0].country : STR(""), str_from(country_rows[i].want));
        arena_clear(&arena);
    }
}

/* Ministers speak for their own country wherever they are, if the story is about it and not about that of the dateline. */
static void test_ministers_abroad(void)
{
    static const struct { const char *name, *text, *want; } rows[] = {
        { "abroad", "Norway fell silent in Norway. Finance Minister Per Moe said the fleet would sail.", "NO" },
        { "at home", "Norway fell silent in Norway, and Britain too. Finance Minister Per Moe said the fleet would sail.", "GB" },
        { "about the United States", "The United States fell silent in the United States. Finance Minister Per Moe said the fleet would sail.", "GB" },
    };
    for (size_t i = 0; i < BASE_COUNT(rows); i++) {
        Arena arena;
        arena_init(&arena);
        Statements found = read_text_from(rows[i].text, "London", &arena);
        CHECK_ROW(rows[i].name, found.len == 1);
        if (found.len == 1)
            CHECK_STR(rows[i].name, found.ptr[0].country, str_from(rows[i].want));
        arena_clear(&arena);
    }
}

static const TestCase cases[] = {
    { "speakers", test_speakers },
    { "countries", test_countries },
    { "ministers abroad", test_ministers_abroad },
};

const TestSuite test_mention = SUITE(cases);
