/** Words with a capital that name nobody: they open a sentence, name an institution, or come before the name of a place. */

/** « M. », « Mme »… */
export const CIVILITE =
  /(?<![\p{L}\p{N}])(?:MM?\.|Mr\.?|M(?:me|lle)s?\.?|Monsieur|Messieurs|Madame|Mesdames|Mademoiselle|Me|Maître|Dr\.?|Docteur|Pr\.?)(?=\s)/u;

const mots = (s: string): ReadonlySet<string> => new Set(s.split(/\s+/).filter((m) => m !== ''));

export const ORDINAIRES = mots(`
  le la les un une des du de au aux ce cet cette ces il elle ils elles on nous vous je tu son sa ses leur leurs mon ma mes notre nos votre vos
  et ou mais donc or ni car si que qui quoi dont où à en dans par pour sur sous sans avec chez vers entre depuis pendant durant dès après avant jusqu
  plus moins tous toutes tout toute chaque aucun aucune plusieurs certains certaines quelques deux trois quatre cinq six sept huit neuf dix
  né née nés nées âgé âgée âgés âgées âge ans an filles fille garçons fils public publics ouvert ouverte accueil note rappel objet merci bonjour
  lundi mardi mercredi jeudi vendredi samedi dimanche
  janvier février mars mai juillet septembre octobre novembre décembre pâques toussaint été hiver printemps automne
  hier demain aujourd chacun chacune rien cela ceci ça personne nul tel telle autre autres même seul seule
  environ minimum maximum moyenne total totaux durée durées bail baux peine peines délai délais contrats tranche tranches seuil majorité niveau cycle
  paris europe seine français française françaises`);
/** Months, feasts and countries that are first names too. */
export const PRENOMS_AUSSI: readonly string[] = ['Noël', 'France', 'Avril', 'Juin', 'Août'];

export const INSTITUTIONS = mots(`
  protection judiciaire jeunesse police nationale municipale préfecture préfet préfète ville mairie maire tribunal parquet justice juge procureur procureure
  brigade direction directeur directrice service services mission missions locale locales aide sociale sociales enfance conseil départemental départementale
  département république état éducation éducatif national ministère centre maison association associations point cellule comité commission groupe contrat
  convention plan programme projet dispositif défenseur défenseure droits droit famille familles femmes santé sécurité prévention médiation tranquillité
  sport sports culture emploi insertion formation académie rectorat académique région régionale régional agence office observatoire bureau division unité
  équipe salle caisse allocations hôpital hôpitaux assistance publique pompiers gendarmerie armée université fondation fédération union club foyer réseau
  conseiller conseillère référent référente coordination coordonnateur coordonnatrice réunion rencontre comptes compte rendu bilan fiche axe rixes rondes
  citoyen citoyenne code civil pénal loi internet instagram snapchat tiktok whatsapp`);

/** What follows is the name of a place, of an institution or of a work. */
const LIEUX =
  `quartiers? collèges? lycées? écoles? universités? crèches? rues? places? squares? parcs? jardins? avenues? boulevards? impasses? passages? quais? ponts? portes?
  allées? villas? cités? cours résidences? foyers? hameaux? stades? gymnases? piscines? théâtres? cinémas? bibliothèques? médiathèques? musées? hôpital hôpitaux
  gares? stations? métro tramway lignes? arrêts? centres? maisons? espaces? salles? clubs? associations? fondations? fédérations? instituts? église mosquée synagogue
  paroisse marchés? mairies? ville commune secteurs? zones? îlots? halls? tours? immeubles? ensembles? bois canal bassin promenade esplanade plaine plan opération
  dispositif programme projet prix festival fête société entreprise bailleur accueil groupe scolaire terrains? carrefours? rond-point faubourg chemin route`
    .split(/\s+/)
    .join('|');
export const APRES_UN_LIEU = new RegExp(`(?<!\\p{L})(?:${LIEUX})\\s(?:(?:de|du|des|la|le|les)\\s|[dl][’'])*[«“"]?\\s?$`, 'iu');
