/** Words by which a text tells of somebody, or does not. */
const mots = (s: string): readonly string[] => s.trim().split(/\s+/);

/** Given names frequent in France, alone or before a family name: those that are also common words, months or places are left out. */
export const PRENOMS = mots(`
  Adam Adrien Agathe Ahmed Alain Alexandre Alexis Alice Ali Aline Amadou Amélie Aminata Anaïs André Anne Antoine Arnaud Arthur Aurélie Axel Benjamin
  Bernard Brigitte Bruno Camille Caroline Catherine Cécile Cédric Céline Chantal Charlotte Christelle Christian Christine Christophe Claire Clément
  Corinne Damien Daniel Delphine Didier Dominique Élise Élodie Emma Emmanuel Éric Estelle Étienne Fabien Fabrice Fatima Fatou Florent Franck Frédéric
  Gabriel Gaëlle Geneviève Gérard Gilles Grégory Guillaume Hassan Hélène Hugo Ibrahim Inès Isabelle Jacques Jean Jérôme Jessica Joël Jonathan Joseph
  Julie Julien Karim Karine Kévin Khadija Laura Laurence Laurent Léa Lionel Louise Lucas Lucie Ludovic Mamadou Manon Marc Marie Marion Martine Mathieu
  Mathilde Matthieu Maxime Mehdi Mélanie Michel Michèle Mickaël Mohamed Mohammed Monique Moussa Nadia Nathalie Nathan Nicolas Nicole Nora Olivier
  Ousmane Pascal Patricia Patrick Paul Pauline Philippe Pierre Quentin Rachid Raphaël Rémi Robert Romain Sabrina Samir Samuel Sandrine Sarah Sébastien
  Séverine Simon Sofiane Sonia Sophie Stéphane Stéphanie Sylvie Théo Thierry Thomas Tristan Valérie Véronique Victor Vincent Virginie Xavier Yacine Yann
  Yannick Youssef Yves Zoé`);
/** Common words when they are in capitals. */
export const PRENOMS_COMMUNS: readonly string[] = ['Pierre', 'Claire'];

/**
 * A street, a square, a school bear the names of people: « rue Jean Jaurès » names a place. Right before the name, with its articles and no
 * other word between, or with a rank (« rue du Général Leclerc »); what stands before either is a place whatever its capitals.
 */
export const LIEUX_NOMMES = mots(`
  rue avenue av boulevard bd place quai passage impasse allée square cours villa cité pont porte parc jardin métro station gare école collège lycée
  gymnase stade résidence hôpital église crèche foyer théâtre centre saint sainte st ste médiathèque bibliothèque piscine terrain esplanade promenade
  conservatoire musée cinéma université ludothèque boulodrome halle quartier association fondation fédération institut prix`);

export const SANTE =
  /(?<!\p{L})(?:schizophr[èe]ne?s?|schizophrénie|bipolaires?|bipolarité|séropositi(?:f|fs|ve|ves)|vih|sida|cancer|dépressi(?:f|fs|ve|ves)|alzheimer|épilep(?:sie|tiques?)|autis(?:me|tes?)|psychoti(?:que|ques)|psychose|trisomi(?:e|ques?)|hépatite|diabétiques?|handicapée?s? menta(?:l|le|ux|les)|malade menta(?:l|le)|malades mentaux|toxicomanes?|alcooliques?|sous traitement|en psychiatrie|hospitalisée? d[’']office)(?!\p{L})/giu;
export const INSULTES =
  /(?<!\p{L})(?:connards?|connasses?|salopes?|salauds?|encul[ée]s?|putes?|fils de pute|fdp|batards?|bâtards?|bougnoules?|négros?|bicots?|youpins?|pédés?|tarlouzes?|tapettes?|gouines?|racailles?|ordures? humaines?|sales? (?:arabes?|noirs?|juifs?|roms?|gitans?|chinois|blancs?|étrangers?)|abrutis?|débiles?|crétins?)(?!\p{L})/giu;
