/** Papers: one content model, written as PDF/UA, DOCX and HTML; its blocks, and the text that people type in them. */
export { cellule, direMoment, discret, encart, notes, para, titre, typo } from './blocs.rules.ts';
export { verifierImage } from './images.ts';
export { IMAGE_MAX, typeImage } from './images.rules.ts';
export type { Bloc, Cellule, Colonne, DocumentEcrit, Entete, Logo } from './document.modele.ts';
export { ecrire, motsDeWord } from './ecrire.ts';
export { sansControles } from './glyphes.ts';
export { NATURES_SUSPECT, type Nature, type NatureSuspect, type Passage, trouverPersonnes, trouverSuspects } from './personnes.rules.ts';
export { CIVILITE } from './mineurs.mots.ts';
export { mineursDuFichier, mineursNommes, mineursPossibles, neNommePas, type Trouves } from './mineurs.rules.ts';
export { lireBlocs, nettoyerTexte } from './texte.rules.ts';
export { CHARTE, composerPdf, sansPolice } from './typst.ts';
