// Tokenizer and stemmer, used for both texts and queries.

/* Stop words in French, German, Luxembourgish and English, and words such as « pratique » or « commune », which occur
   everywhere in a catalogue of practices of communes. */
const STOP = new Set(
  `a ai aime aimerais ainsi alors apres as au aucun aucune aussi autre autres aux avec avez avoir avons beaucoup bien ca car ce
  ceci cela celle celles celui ces cet cette ceux chaque chercher cherche cherchons chez ci comme comment commun commune
  communes communal communale communales communaux contre creer da dans de depuis des dehors devrait deux dire doit dont du elle
  elles en encore entre es est et etait ete etes etre eu eux existe existent faire fait faites falloir faut fiche fiches font gens
  hors idee idees il ils ici je jusqu jusque la le les leur leurs lors lorsqu lui ma mais me meme memes mes mettre mieux moi moins mon
  ne ni non nos notre nous on ont ou ouvre par parce pas pendant peu peut peuvent plus plusieurs plutot pour pourquoi pratique
  pratiques pres presqu projet projets exemple exemples puis puisqu qu quand que quel quelle quelles quelqu quelque quelques quels
  qui quoi quoiqu sa sans savoir se selon sera ses seulement si soi soit son sont sous souvent sur ta tant te tel telle tels
  tes toi ton toujours tous tout toute toutes trop tu un une va vais vers veulent veut veux voici voila voir vos votre voudrais voulons
  vous vouloir y
  aber alle allem allen als am an andere auch auf aus bei beim beispiel bin bis braucht da dabei damit dann das dass dein dem den
  denn der des die dies diese dieser doch dort du durch ein eine einem einen einer eines er es etwas fur gegen gemeinde gemeinden
  gibt haben hat hier ich ihr ihre ihren im in ins ist ja jeder kann kein keine konnen machen man mehr mein mit mochte muss nach nicht
  noch nur ob oder ohne organisieren projekt projekte schon sehr sein sich sie sind so soll sollen suche tun uber um und uns unser
  unsere unter vom von vor wann warum was welche welcher wenn wer werden wie wir wird wo wollen zu zum zur stadt stadte neue neuen neuer
  all als an aner ass bei beim beispill d dat datt de dem den denen der deen dei dir do duerch e eis eise eng engem enger en er et fir
  fannen gei gemaach gemeng gemengen gett ginn ginnt hei hir hu huet iwwer kann kee keen keng konnt kennen maachen mam mat meng mir net
  nach no nom op organiseieren ouni projeten resp sech si sinn sou um un vum vun wann wat wei wein well wou zu zum zur stad stied nei neie goen
  about after all also am and any are as at be because been before but by can could did do does each example for from get getting go
  had has have how i if in into is it its just like looking make many me more most municipality municipalities my need no not of
  on one or organise organize other our out over people practice practices project projects run s should show so some t than that the
  their them there these they this those through to too under up use want was we were what when where which while who whom whose
  why will with without would you your city cities town towns opens open new`.split(/\s+/),
);

const OTHER_LETTERS = { œ: "oe", æ: "ae", ß: "ss", ø: "o", ł: "l", đ: "d", ð: "d", þ: "th", ı: "i" };

/* Removes case, accents and ligatures; cached, since words recur often. */
function fold(word) {
  if (!folded.has(word)) {
    const plain = word.normalize("NFKD").toLowerCase().replace(/[^\p{L}\p{N}]/gu, "");
    folded.set(word, plain.replace(/[œæßøłđðþı]/g, (letter) => OTHER_LETTERS[letter]));
  }
  return folded.get(word);
}
const folded = new Map();

/** Splits a text into folded words, at apostrophes and hyphens too; elided articles are dropped. */
export function cut(text) {
  const words = (text.match(/[\p{L}\p{N}\p{M}]+/gu) ?? []).map(fold);
  return words.filter((word) => word.length > 1 || /[^dlmnstcj]/.test(word));
}

export const tellsNothing = (word) => word.length < 2 || STOP.has(word);

/** Returns the edit distance of two words, with transpositions, or `most` + 1 if it is greater than `most`. */
export function mistakes(one, other, most) {
  if (Math.abs(one.length - other.length) > most) return most + 1;
  let [before, last] = [[], Array.from({ length: other.length + 1 }, (_, at) => at)];
  for (let row = 1; row <= one.length; row++) {
    const next = [row];
    for (let at = 1; at <= other.length; at++) {
      const same = one[row - 1] === other[at - 1];
      next[at] = Math.min(last[at] + 1, next[at - 1] + 1, last[at - 1] + !same);
      if (row > 1 && one[row - 1] === other[at - 2] && one[row - 2] === other[at - 1]) next[at] = Math.min(next[at], before[at - 2] + 1);
    }
    if (Math.min(...next) > most) return most + 1;
    [before, last] = [last, next];
  }
  return last[other.length];
}

/* Pairs of an ending and its replacement; a stem keeps at least 3 letters for plurals, 4 for other endings. */
const PLURALS = [
  [/eaux$/, "eau"],
  [/aux$/, "al"],
  [/([^s])s$/, "$1"],
];
const DOUBLE = [/([b-df-hj-np-tv-z])\1$/, "$1"];
const OTHERS = [
  [/([dt])rice$/, "$1eur"],
  [/euse$/, "eur"],
  [/iere$/, "ier"],
  [/ive$/, "if"],
  [/([ao]i)se$/, "$1"],
  [/(?:ent|ant|ons?|er|ez|ee?|i)$/, ""],
  DOUBLE,
];

/** Stems a folded word: removes the endings of number, gender and most verb forms. */
export function stem(word) {
  return shortened(shortened(word, PLURALS, 3), OTHERS, 4);
}

function shortened(word, endings, least) {
  return endings.reduce((rest, [ending, other]) => {
    const shorter = rest.replace(ending, other);
    return shorter.length >= least ? shorter : rest;
  }, word);
}

/** Stems a folded word of any language, with umlaut spellings (ae, oe, ue) unified, as a key for names. */
export function root(word) {
  const plain = stem(word.replace(/([aou])e/g, "$1"));
  return shortened(plain, [[/(?:innen|in|en|er|es|em|e|n|s)$/, ""], DOUBLE], 4);
}
