// Common given names and surnames as plain lists, compiled by hand from what is commonly known; must not know how they are used.

/**
 * Frequent given names of English, Spanish, French, German, Portuguese, Italian, Polish and Ukrainian speakers, and of a few
 * other large populations; lower-case, without accents. Common knowledge, as in any national list of first names. Names that
 * are everyday words or places first (Rose, Paris, Mercedes, Chase) are left out.
 */
const GIVEN = `
aaron abigail adam adele adrian adriana agnes agnieszka ahmed aidan aileen aisha alan alba albert alberto alec alejandra
alejandro alessandra alessandro alessia alex alexander alexandra alexandre alexei alexis alfonso alfred alfredo ali alice
alicia alina aline alison allan allen allison alma alvaro alvin alyssa amalia amanda amber amelia amelie amina amir amy ana
anais anastasia anders andre andrea andreas andrei andres andrew andriy andrii andrzej angel angela angelica angelina angelo
angie anita anja ann anna anne annette annie anthony antoine anton antonia antonio arlene arnaud arnold arthur arturo artur
ashley astrid audrey augusto aurelie aurora axel barbara bartosz beata beatrice beatriz belinda benedict benedikt benjamin
benoit bernadette bernard bernardo bernd bernice bertha bertrand beth bethany betty beverly bianca bill billy bjorn blanca
bob bobby bogdan bohdan bonnie boris bozena brandon brenda brendan brett brian bridget brigitte britney bruce bruno bryan
caitlin callum camila camilla camille candice carina carl carla carlo carlos carmen carol carole carolina caroline carolyn
carrie catarina caterina catherine cathy cecile cecilia celia celine cesar charlene charles charlie charlotte chen cheryl
chiara chloe chris christa christian christiane christina christine christoph christophe christopher cindy claire clara
claude claudia claudio clement colette colin colleen connie connor conor constance corinne craig cristian cristiano cristina
crystal cynthia dagmar daisy damian damien dan dana daniel daniela daniele danielle danny danylo daria dario darius darlene
darren dave david davide dawid dawn dean debbie deborah debra denis denise dennis derek diana diane didier diego dieter dietmar
dimitri dmitry dmytro dolores dominic dominik dominika dominique don donald donna dora doreen doris dorota dorothea dorothy
douglas duncan dylan eddie edgar edith edmund eduardo eduard edward edwin eileen elaine eleanor elena eleonora eli elias elijah
elisa elisabeth elise eliza elizabeth ella ellen ellie elodie elsa elvira emanuel emanuele emil emilia emilie emilio emily
emma emmanuel enrico enrique eric erica erik erika erin ernest ernesto erwin esteban estelle esther ethan eugene eugenia eugenio
eva evan eve evelyn ewa fabian fabien fabio fatima federica federico felicia felipe felix ferdinand fernanda fernando filip
filippo fiona florian floyd francesca francesco francis francisca francisco franck francois francoise frank frankie franz
fred freddie frederic frederick fredrik friedrich gabriel gabriela gabriele gabriella gabrielle gail gary gavin gemma genevieve
geoffrey george georgina gerald geraldine gerard gerhard gertrude gianluca gilbert gilles gina giorgia giorgio giovanna giovanni
gisela giulia giuseppe gladys glenn gloria gonzalo gordon grace graham greg gregory greta grzegorz guido guilherme guillaume
guillermo gunther gustav gustavo guy gwen halyna hanna hannah hans harold harriet harry harvey hassan hector heather hector heidi
heike heinrich heinz helen helena helene helga helmut henri henrik henrique henry herbert herman hermann hilda holger holly
horst howard hubert hugh hugo hussein ian ibrahim ida ignacio igor ihor ilse immanuel ines inga ingrid inna irena irene irina iris
irma iryna isaac isabel isabella isabelle isaiah ivan ivana ivanka ivonne iwona izabela jack jackie jacob jacqueline jacques
jadwiga jaime jake jakub jamal james jamie jan jana jane janet janice janine janusz jaroslaw jasmin jasmine jason javier jean
jeanette jeanne jeff jeffrey jenna jennifer jenny jens jeremy jerome jerry jerzy jesse jessica jesus jill jim jimena jimmy joachim
joan joana joanna joanne joao joaquin jocelyn jochen joe joel johan johanna johannes john johnny jolanta jon jonas jonathan
jorge jose josef joseph josephine joshua joyce juan juana juanita judith judy julia julian juliana julie julien juliette julio
jurgen justin justine justyna kai kamil karen karin karina karl karla karol karolina kaspar kate katarzyna kateryna katharina
katherine kathleen kathryn kathy katie katja katrin kay keith kelly ken kenneth kerry kevin khalid kimberly kirsten klara klaus
konrad kristen kristin kristina kristine krystyna krzysztof kurt kyle larissa larry lars laura lauren laurence laurent lawrence
lea leah lee lena leo leon leonard leonardo leonie leonor leonora leroy leslie lesya lewis liam lidia lilian liliana lillian
lily linda lisa liudmyla logan lois lopez lorena lorenzo loretta lori lorraine louis louisa louise luc luca lucas lucia luciana
luciano lucie lucille lucy ludwig luigi luis luisa lukas lukasz luke lydia lyn lynn lynne lyudmyla maciej madeleine madison magda
magdalena maksym malcolm malgorzata manfred manon manuel manuela marc marcel marcela marcelo marcin marco marcos marcus margaret
margarita marguerite maria mariam marian mariana marianne marie marina mario marion mariola marisa marius mariusz marjorie mark
marko markus marlene marta martha martin martina martine marvin mary maryna mateo mateus mateusz mathias mathieu mathilde matilda
matt matteo matthew matthias maureen maurice mauricio maurizio maxim maxime maximilian megan mehmet melanie melinda melissa
mia michael michaela michal michel michele michelle miguel mike mila mildred miriam mitchell mohamed mohammad mohammed
moira molly monica monika monique moritz muhammad mustafa mykola mykhailo myriam nadia nadine nancy naomi natalia natalie
nataliya natasha nathalie nathan nathaniel nazar neil nelson nicholas nick nicola nicolas nicole nicoletta nikita nikolai nils
nina noah noel noemi nora norbert norma norman octavio oksana oleg oleh oleksandr oleksii oleksiy olena olga olha oliver olivia
olivier omar orest oscar oskar ostap otto pablo pamela paola paolo pascal patricia patricio patrick patrizia patryk paul paula
paulina pauline paulo pavel pavlo pawel pedro peggy penelope pete peter petra petro philip philipp philippe phillip phyllis
pierre pietro piotr priscilla rachel rafael rafal rainer ralf ralph ramon ramona randy raphael raquel raul raymond rebecca regina
reinhard remi renata renate rene renee reza ricardo riccardo richard rita rob robert roberta roberto robin rodolfo rodrigo roger
roland rolf roman ron ronald rosa rosalie rosanna rosario rosemary ross roxanne ruben rudolf rui russell ruslan ruth ryan ryszard
sabine sabrina sally salvador salvatore sam samantha samuel sandra sandrine sara sarah sasha sean sebastian sebastien selina serena
serge sergei sergey sergio serhii serhiy seth severine shane shannon sharon shaun shawn sheila shirley sigrid silke silvia simon
simona simone slawomir sofia solange sonia sonja sophia sophie stacey stacy stanislav stanislaw stefan stefania stefanie stefano
stella stephan stephane stephanie stephen steve steven stuart susan susana susanne suzanne svetlana svitlana sven svenja sylvia
sylvie sylwia sybille szymon tamara tania tanja tanya taras tatiana teresa teodoro terence terry tetiana thea theo theodor theodore
theresa therese thierry thomas thorsten tiago tiffany tim timo timothy tina tobias todd tom tomas tomasz tommaso tommy toni tony
torsten tracy travis trevor troy tyler ulrich ulrike ulrike ursula uta uwe valentin valentina valentine valeria valerie vanessa
vasyl vera veronica veronika veronique vicente vicki victor victoria viktor viktoria vincent vincenzo virginie vitalii vitaliy
vittoria vivian vladimir volodymyr walter waltraud wanda wayne wei wendy werner wesley wieslaw wilhelm willi william willie
wiktor wladyslaw wojciech wolfgang xavier yana yann yannick yaroslav yevhen yolanda yulia yuliia yuri yurii yusuf yves yvette
yvonne zachary zbigniew zdzislaw zofia zoe
александр олександр наталія наталья ольга олена елена ірина ирина тетяна татьяна сергій сергей андрій андрей володимир
владимир дмитро дмитрий михайло михаил іван иван марія мария анна ганна оксана юлія юлия катерина екатерина світлана светлана
микола николай василь віктор виктор петро юрій юрий ігор игорь олег тарас богдан роман павло павел максим людмила галина
надія любов віра софія анастасія вікторія дарина денис євген ярослав`;

/** Frequent surnames, compiled and written as the given names; those that are mostly trades or things (Baker, Ford, King) are left out. */
const FAMILY = `
adams alexander allen almeida alonso alvarez anderson andrews andrade antunes armstrong arnold bailey barbosa barnes bauer
becker bell bennett bernard bertrand bianchi bondarenko bonnet boyko boyd bradley brown bryant burke burns butler campbell cardoso
carpenter carr carroll carter carvalho castillo castro chapman chavez chen clark clarke coleman collins conti cooper costa
cruz cunningham dabrowski daniels davies davis delgado diaz dixon dominguez dos dubois duncan dunn dupont durand edwards elliott
ellis esposito evans ferguson fernandes fernandez ferrari ferreira fields fischer fisher flores foster fournier fowler franklin
freeman fuller garcia gardner garnier garrett george gibson gilbert girard gomes gomez goncalves gonzales gonzalez gordon graham
greco greene griffin gutierrez hall hamilton hansen hanson harper harris harrison harvey hawkins hayes henderson henry hernandez
herrera hicks hill hoffmann holmes howard howell hudson hughes hunt hunter ivanenko ivanov jackson jacobs james jenkins jensen
jimenez johnson johnston jones jordan kaminski kelley kelly kennedy kim klein koch kovalchuk kovalenko kowalczyk kowalski kozlowski
krause kravchenko kumar lambert larson lawrence lawson lefebvre leroy lewandowski lewis lima lisenko little lopez lopes lynch
lysenko mancini marino marshall martin martinez martins mason matthews mccoy mcdonald medina melnyk mendes mendoza mercier meyer
mills mitchell montgomery moore morales moreau moreno morgan moreira morozov morris morrison mueller muller munoz murphy murray
myers navarro nelson neumann nguyen nichols nowak nunez oleksenko oliveira oliver olson ortega ortiz owens palmer patel patterson
payne pereira perez perkins perry peters peterson petit petrenko pham phillips pinto porter powell price ramirez ramos ramsey
reid reyes reynolds ribeiro ricci richard richards richardson richter riley rivera roberts robertson robinson rocha rodrigues
rodriguez rogers romano romero rossi roussel roux roy ruiz russell russo ryan sanchez sanders sanchez santos schmidt schneider
schmitz schroeder schulz schwarz scott serrano shaw shevchenko silva simmons simpson sims singh smith snyder soares sousa souza
spencer stephens stevens stewart stone suarez sullivan szymanski taylor teixeira thomas thompson thomson tkachenko torres
tran tucker turner vargas vasquez vazquez vega vieira vincent wagner walker wallace walsh wang warren washington watkins watson
weaver weber webb welch wells west wheeler white williams williamson willis wilson wisniewski wojcik wolf wong wood woods
wozniak wright yang young zhang zhao zielinski zimmermann
шевченко коваленко бондаренко ткаченко кравченко мельник бойко ковальчук іваненко петренко лисенко иванов петров сидоров`;

const wordsOf = (text: string): readonly string[] => [...new Set(text.trim().split(/\s+/))];

export const GIVEN_NAMES: readonly string[] = wordsOf(GIVEN);
export const FAMILY_NAMES: readonly string[] = wordsOf(FAMILY);
