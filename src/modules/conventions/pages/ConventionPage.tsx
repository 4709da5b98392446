import { Button, ButtonGroup, LinkButton } from '../../../ui/Button.tsx';
import { Checkboxes } from '../../../ui/Choices.tsx';
import { Form } from '../../../ui/Form.tsx';
import { PageHeader, Section } from '../../../ui/PageHeader.tsx';
import { SummaryList } from '../../../ui/SummaryList.tsx';
import { Tag } from '../../../ui/Tag.tsx';
import { heure, isoDuMoment, jour, jourDuMoment, pluriel } from '../../../ui/typographie.ts';
import { ancre } from '../../contrats/index.ts';
import { effetDe, ISSUES, NATURES, revueDue, seSigne, sOuvre } from '../conventions.rules.ts';
import { friseDe } from '../frise.rules.ts';
import type { Acte } from '../conventions.queries.ts';
import { direAbsentes, direAConfirmer, direMois, direQuand, expliquerEtat, nomDePartie, surQuelleParole } from '../mots.ts';
import type { ParoleDite } from '../paroles.queries.ts';
import { attendue, compte } from '../paroles.rules.ts';
import type { ConventionPageProps } from './acte.vue.ts';
import { EtatActeTag } from './EtatActeTag.tsx';
import { FriseDesDates } from './FriseDesDates.tsx';
import { Paroles } from './Paroles.tsx';
import { avenantCompte, etatsDe } from './Attente.tsx';
import { Parties, Textes } from './Sections.tsx';
import { Engagements, Revues } from './SectionsSuivi.tsx';

export function ConventionPage(p: ConventionPageProps) {
  const { acte: a } = p;
  const denonce = p.parties.some(p.denonce);
  const dite = p.paroles.find((x) => x.id === a.denonciationId);
  const reprend = dite?.de ? p.confirme(dite.de, dite.genre) : p.tient;
  const frise = friseDe({
    vie: a,
    aujourdhui: p.aujourdhui,
    signatures: p.parties.flatMap((x) =>
      x.signeeLe && compte('signature', x.etat)
        ? [{ jour: x.signeeLe, qui: `${nomDePartie(p.catalogue, x)}${x.etat === 'notee' && x.organisationId ? ', à confirmer' : ''}` }]
        : [],
    ),
    avenants: p.versions.flatMap((v) => {
      const etats = etatsDe(p, v.id);
      if (v.genre !== 'avenant' || etats.includes('annulee')) return [];
      const dit = avenantCompte(p, v) ? '' : etats.includes('contestee') ? ', contesté' : attendue(etats) ? ', à confirmer' : ', ne compte pas';
      return [{ jour: v.signeeLe ?? isoDuMoment(v.quand), resume: `${v.resume}${dit}` }];
    }),
    revues: p.revues.flatMap((r) => {
      const etats = etatsDe(p, r.id);
      return etats.includes('contestee') || etats.includes('annulee')
        ? []
        : [{ jour: r.tenueLe, issue: `${ISSUES[r.issue]}${attendue(etats) ? ', à confirmer' : ''}` }];
    }),
    revueDue: p.travail ? revueDue(a, p.aujourdhui) : null,
  });
  return (
    <>
      <PageHeader
        titre={a.titre}
        surtitre={[NATURES[a.nature], a.reference].filter((x) => x !== '').join(' · ')}
        etiquette={
          <>
            <EtatActeTag acte={a} aujourdhui={p.aujourdhui} />{' '}
            {p.travail && <Tag ton={a.publieeLe ? 'bleu' : 'neutre'}>{a.publieeLe ? 'public' : 'restreint'}</Tag>}
          </>
        }
        chapo={[expliquerEtat(a, p.aujourdhui), direAConfirmer(a)].join(' ').trim()}
        actions={
          p.tient || (a.denonceeLe ? reprend : denonce) ? (
            <>
              {p.tient && <LinkButton href={`/conventions/${a.id}/modifier`}>Modifier</LinkButton>}
              {!p.finie && (a.denonceeLe ? reprend : (p.tient || denonce) && effetDe(a) !== null) && (
                <LinkButton variante="secondaire" href={`/conventions/${a.id}/fin`}>
                  {a.denonceeLe ? 'Annuler la dénonciation' : a.nature === 'arrete' ? 'Abroger' : 'Dénoncer'}
                </LinkButton>
              )}
            </>
          ) : undefined
        }
      />
      <SummaryList lignes={resume(p)} />
      {frise && <FriseDesDates frise={frise} titre={a.titre} aujourdhui={p.aujourdhui} />}
      {seSigne(a.nature) && <Parties {...p} />}
      <Paroles {...p} />
      <Textes {...p} />
      {p.travail && seSigne(a.nature) && <Revues {...p} />}
      {p.travail && <Engagements {...p} />}
      {p.publie && <Publication {...p} />}
    </>
  );
}

/** A signed copy bears names and signatures: nothing of it goes to everybody unless it is chosen, file by file. */
function Publication(p: ConventionPageProps) {
  const { acte: a } = p;
  const fichiers = p.versions.filter((v) => v.fichierId !== null);
  const servis = fichiers.filter((v) => a.fichiersPublics.includes(v.id));
  const choix = fichiers.length > 0 && (
    <Checkboxes
      nom="fichiers"
      legende="Fichiers donnés à tous, tels qu’ils ont été déposés"
      aide="Un exemplaire signé porte des noms et des signatures, que chacun lirait. Déposez plutôt une version sans eux, et ne cochez qu’elle."
      petit
      facultatif
      valeurs={servis.map((v) => v.id)}
      options={fichiers.map((v) => ({ valeur: v.id, libelle: `Version n° ${v.numero} : ${v.fichierNom}` }))}
    />
  );
  return (
    <Section titre="Publication" id="publication">
      <p className="govuk-body">
        {a.publieeLe
          ? `Public depuis le ${jourDuMoment(a.publieeLe)}, par ${a.publieePar} : les parties, les dates et les textes collés. ${servis.length > 0 ? `${pluriel(servis.length, 'fichier')} déposé${servis.length > 1 ? 's' : ''} avec ses noms éventuels : ${servis.map((v) => v.fichierNom).join(', ')}.` : 'Aucun fichier déposé.'} Les noms de signataires écrits ici ne le sont pas.`
          : `Restreint : seules les personnes qui travaillent sur le contrat le lisent. Publié, chacun lirait les parties, les dates et les textes collés${fichiers.length > 0 ? ', et les fichiers choisis ci-dessous' : ''}.`}
      </p>
      {a.publieeLe && choix && (
        <Form action={`/conventions/${a.id}/publier`} masques={{ acte: 'choisir' }}>
          {choix}
          <ButtonGroup>
            <Button variante="secondaire">Enregistrer ce choix</Button>
          </ButtonGroup>
        </Form>
      )}
      <Form action={`/conventions/${a.id}/publier`} masques={{ acte: a.publieeLe ? 'restreindre' : 'publier' }}>
        {!a.publieeLe && choix}
        <ButtonGroup>
          <Button variante="secondaire">{a.publieeLe ? 'Le restreindre' : 'Le rendre public'}</Button>
        </ButtonGroup>
      </Form>
    </Section>
  );
}

function resume(p: ConventionPageProps) {
  const { acte: a, catalogue: c } = p;
  const lien = (href: string, libelle: string) => (
    <a className="govuk-link" href={href}>
      {libelle}
    </a>
  );
  /** `vers`: the act that is named, with the parties that are bound by the replaced one alone. */
  const avecAbsentes = (vers: Acte, remplace: Acte, par: Acte) => (
    <>
      {lien(`/conventions/${vers.id}`, vers.titre)}
      {direAbsentes(remplace, par, c) && <span className="c-note c-acte__detail">{direAbsentes(remplace, par, c)}</span>}
    </>
  );
  const lignes = [...new Set([...a.lignes, ...a.systemes.flatMap((s) => c.systemes.get(s)?.lignes ?? [])])];
  const denonciation = p.paroles.find((x) => x.id === a.denonciationId);
  const perimetre = a.lieu !== '' || a.interdits !== '' || a.jours.length > 0 || a.heureDe !== '' || a.saisonDe !== '';
  return [
    ...(a.objet ? [{ cle: 'Objet', valeur: <span className="c-paragraphes">{a.objet}</span> }] : []),
    { cle: a.nature === 'arrete' ? 'Autorité' : 'Tenu par', valeur: lien(`/acteurs/${a.porteurId}`, c.nomActeur(a.porteurId)) },
    {
      cle: 'Durée',
      valeur: [
        `${a.effet ? `du ${jour(a.effet)}` : seSigne(a.nature) ? `de sa ${sOuvre(a.nature) ? 'première' : 'dernière'} signature` : 'date d’effet à fixer'}${a.fin ? ` au ${jour(a.fin)}` : ', sans terme'}`,
        a.preavisJours > 0 ? `préavis de ${a.preavisJours} jours` : '',
        a.reconductionMois ? `reconduction tacite de ${a.reconductionMois} mois` : '',
        a.revueMois ? `revue ${direMois(a.revueMois)}` : '',
      ]
        .filter((x) => x !== '')
        .join(', '),
    },
    { cle: 'Où', valeur: a.territoires.length > 0 ? a.territoires.map((t) => c.territoires.get(t)?.nom ?? t).join(', ') : c.racine.nom },
    ...(a.lieu ? [{ cle: 'Périmètre', valeur: <span className="c-paragraphes">{a.lieu}</span> }] : []),
    ...(perimetre ? [{ cle: 'Quand', valeur: direQuand(a, heure) }] : []),
    ...(a.interdits ? [{ cle: a.nature === 'arrete' ? 'Interdit' : 'Promis', valeur: <span className="c-paragraphes">{a.interdits}</span> }] : []),
    ...(a.systemes.length > 0
      ? [
          {
            cle: 'Dispositifs',
            valeur: (
              <ul className="govuk-list c-acte__liste">
                {a.systemes.map((s) => (
                  <li key={s}>{lien(`/dispositifs/${s}`, `${s} ${c.systemes.get(s)?.nom ?? ''}`)}</li>
                ))}
              </ul>
            ),
          },
        ]
      : []),
    ...(lignes.length > 0
      ? [
          {
            cle: 'Lignes d’action',
            valeur: (
              <ul className="govuk-list c-acte__liste">
                {lignes.map((l) => (
                  <li key={l}>
                    {lien(`/fiches/${c.lignes.get(l)?.fiche ?? ''}#${ancre(l)}`, l)} {c.lignes.get(l)?.libelle}
                  </li>
                ))}
              </ul>
            ),
          },
        ]
      : []),
    ...(p.remplace ? [{ cle: 'Remplace', valeur: avecAbsentes(p.remplace, p.remplace, a) }] : []),
    ...(p.remplacants.length > 0
      ? [
          {
            cle: 'Remplacé par',
            valeur: (
              <ul className="govuk-list c-acte__liste">
                {p.remplacants.map((x) => (
                  <li key={x.id}>{avecAbsentes(x, a, x)}</li>
                ))}
              </ul>
            ),
          },
        ]
      : []),
    ...(a.denonceeLe && (p.travail || denonciation)
      ? [{ cle: a.nature === 'arrete' ? 'Abrogation' : 'Dénonciation', valeur: direDenonciation(p, denonciation) }]
      : []),
  ];
}
function direDenonciation(p: ConventionPageProps, d: ParoleDite | undefined): string {
  const { acte: a, catalogue: c } = p;
  return [
    `${d?.de ? `par ${c.nomActeur(d.de)}, ` : ''}pour le ${jour(a.denonceeLe ?? '')}${p.travail ? ` : ${a.denonceeMotif}` : ''}`,
    d ? surQuelleParole(d, c, p.travail) : p.travail ? 'Notée avant que l’on garde par qui.' : '',
  ]
    .filter((x) => x !== '')
    .join('. ');
}
