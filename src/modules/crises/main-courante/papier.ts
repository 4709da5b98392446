/** The main courante on paper: the same columns as on screen, from the oldest. */
import { cellule, type DocumentEcrit, discret, encart, titre, type Bloc } from '../../documents/index.ts';
import { aQuelMoment, isoDuMoment, jourEtHeure, moment, nombre, pluriel } from '../../../ui/typographie.ts';
import type { Chargee } from '../crises.contexte.ts';
import { EXERCICE } from '../pages/CriseTete.tsx';
import { libelleDe } from '../pages/Entrees.tsx';
import type { Entree } from './main-courante.queries.ts';
import { direEcart } from './preparer.rules.ts';

/** Rows of one table: beyond, another begins, so that no page waits for the end of all. */
const LIGNES_PAR_TABLEAU = 250;

export function composer(
  k: Chargee,
  entrees: readonly Entree[],
  o: { contrat: string; maintenant: Date; demonstration: boolean; tete: { numero: number; empreinte: string } | null },
): DocumentEcrit {
  const { crise } = k;
  const lieu = k.cat.territoires.get(crise.territoireId)?.nom ?? crise.territoireId;
  const tables: Bloc[] = [];
  for (let i = 0; i < entrees.length; i += LIGNES_PAR_TABLEAU) {
    const ici = entrees.slice(i, i + LIGNES_PAR_TABLEAU);
    tables.push({
      type: 'tableau',
      legende: `Entrées ${nombre(ici[0]?.numero ?? 0)} à ${nombre(ici.at(-1)?.numero ?? 0)}`,
      colonnes: [
        { titre: 'N°', part: 7, droite: true },
        { titre: 'Heure', part: 17 },
        { titre: 'De, à, par', part: 22 },
        { titre: 'Ce qui est dit, décidé, fait', part: 54 },
      ],
      lignes: ici.map((e) => ligneDe(k, e)),
    });
  }
  return {
    entete: { nom: o.contrat, lignes: [], logo: null },
    titre: `${crise.exercice ? 'Exercice : ' : ''}Main courante, ${crise.titre}`,
    genre: 'Main courante',
    instance: crise.titre,
    contrat: o.contrat,
    seance: '',
    motsCles: ['main courante', k.type.libelle, ...(crise.exercice ? ['exercice'] : [])],
    date: isoDuMoment(o.maintenant),
    projet: false,
    ...(crise.exercice ? { filigrane: 'Exercice' } : {}),
    demonstration: o.demonstration,
    pied: `${crise.exercice ? `${EXERCICE} · ` : ''}${crise.titre} · ${crise.etat === 'ouverte' ? `état au ${jourEtHeure(o.maintenant)}` : 'main courante close'}`,
    destinataire: [],
    reperes: [
      { cle: 'Type', valeur: k.type.libelle },
      { cle: 'Lieu', valeur: crise.lieu ? `${lieu}, ${crise.lieu}` : lieu },
      { cle: 'Commande', valeur: k.commandement?.libelle ?? crise.commandement },
      { cle: 'Ouverte', valeur: jourEtHeure(crise.ouverteLe) },
      { cle: 'Close', valeur: crise.closeLe ? jourEtHeure(crise.closeLe) : 'non' },
      { cle: 'Entrées', valeur: nombre(entrees.length) },
    ],
    blocs: [
      ...(crise.exercice ? [encart(EXERCICE)] : []),
      titre(1, 'Entrées'),
      ...(tables.length > 0 ? tables : [discret('Rien n’est écrit.')]),
      ...(o.tete && o.tete.numero > 0
        ? [
            discret(
              `${pluriel(o.tete.numero, 'entrée')}. Empreinte de la dernière (SHA-256) : ${o.tete.empreinte}. Le fichier JSON de cette main courante se vérifie sans la plateforme.`,
            ),
          ]
        : []),
    ],
  };
}

function ligneDe(k: Chargee, e: Entree) {
  const arrivee = Math.abs(e.arriveLe.getTime() - e.survenuLe.getTime()) >= 120_000 ? `arrivée ${aQuelMoment(e.arriveLe, e.survenuLe)}` : '';
  const precisions = [arrivee, e.tardive ? 'après la clôture' : '', direEcart(e.ecartMs)].filter(Boolean).join(', ');
  const circuit = [e.source && `de ${e.source}`, e.vers && `à ${e.vers}`, e.canal === 'salle' ? '' : libelleDe(k.cadre.canaux, e.canal)]
    .filter(Boolean)
    .join(', ');
  const renvoi = e.renvoi === null ? '' : e.renvoiGenre === 'fait' ? `Fait, suite du n° ${e.renvoi}. ` : `Corrige le n° ${e.renvoi}. `;
  const suite = [
    e.decideur && `décidé par ${e.decideur}`,
    e.duLe && `à faire pour ${aQuelMoment(e.duLe, null)}`,
    e.faitePar !== null && `fait (n° ${e.faitePar})`,
    ...e.corrigeePar.map((n) => `corrigée par le n° ${n}`),
  ].filter(Boolean);
  const auteur = `${e.automatique ? 'noté par la plateforme' : e.auteur}${e.organisationId ? `, ${k.cat.nomActeur(e.organisationId)}` : ''}`;
  return [
    cellule(String(e.numero)),
    cellule(moment(e.survenuLe, null), precisions),
    cellule(circuit, auteur),
    cellule(`${libelleDe(k.cadre.classes, e.classe)}. ${renvoi}${e.contenu}`, suite.join(', ')),
  ];
}
