import { useContext } from 'react';
import { Button } from '../../../../ui/Button.tsx';
import { Radios } from '../../../../ui/Choices.tsx';
import { ErrorSummary } from '../../../../ui/ErrorSummary.tsx';
import { Form } from '../../../../ui/Form.tsx';
import { InsetText } from '../../../../ui/InsetText.tsx';
import { NotificationBanner } from '../../../../ui/NotificationBanner.tsx';
import { PageHeader, Section } from '../../../../ui/PageHeader.tsx';
import { SummaryList } from '../../../../ui/SummaryList.tsx';
import { Tag } from '../../../../ui/Tag.tsx';
import { Textarea } from '../../../../ui/Textarea.tsx';
import { TextInput } from '../../../../ui/TextInput.tsx';
import { Timeline } from '../../../../ui/Timeline.tsx';
import { motDe, type ErreurDeChamp, erreurDe } from '../../../../ui/types.ts';
import { isoDuMoment } from '../../../../ui/typographie.ts';
import type { Catalogue } from '../../../contrats/index.ts';
import { type Circuit, estMuet } from '../../circuits/circuit.schema.ts';
import { categorieDe, ditDEtat, libelleDEtat } from '../../circuits/circuit.rules.ts';
import { type CodeEtat, etatDe } from '../../circuits/etats.ts';
import type { Demande, Evenement } from '../../demandes/demandes.queries.ts';
import type { Suiveur } from '../../demandes/suiveurs.queries.ts';
import { Langue, useJour } from '../../langues/Langue.ts';
import { masqueDe, type Mots, remplir } from '../../langues/mots.rules.ts';
import { PhotosDuSuivi } from '../../photos/PhotosSection.tsx';
import type { PhotoDeDemande } from '../../photos/photos.queries.ts';
import { Ailleurs } from '../../signaler/pages/Ailleurs.tsx';
import { LieuDuSuivi, type LieuDuSuiviProps } from '../../recurrences/pages/LieuDuSuivi.tsx';
import { direLieu, direQuand, lignesDeReponses } from '../../signaler/pages/SignalerPage.tsx';
import { MOT_MAX } from '../../demandes/machine.rules.ts';

export function SuiviCodePage({ erreurs, code, fait = '' }: { erreurs: readonly ErreurDeChamp[]; code: string | undefined; fait?: string }) {
  const parle = useContext(Langue);
  const m = parle.mots;
  return (
    <>
      <ErrorSummary erreurs={erreurs} />
      {fait === 'confirme' && <NotificationBanner ton="succes">{m.fConfirme}</NotificationBanner>}
      <PageHeader titre={m.suivre} chapo={m.suivreChapo} />
      <Form action="/suivi" methode="get" masques={masqueDe(parle)}>
        <TextInput nom="code" libelle={m.code} valeur={code} erreur={erreurDe(erreurs, 'code')} largeur={20} autoComplete="off" />
        <Button>{m.voir}</Button>
      </Form>
      {parle.code === '' && <Ailleurs sauf="/suivi" />}
    </>
  );
}

/** A click that no program makes: the address is its holder’s. */
export function ConfirmerPage({ action }: { action: string }) {
  const parle = useContext(Langue);
  const m = parle.mots;
  return (
    <>
      <PageHeader titre={m.confirmer} chapo={m.confirmerDit} />
      <Form action={action} masques={masqueDe(parle)}>
        <Button>{m.confirmer}</Button>
      </Form>
    </>
  );
}

export interface SuiviPageProps {
  d: Demande;
  suiveur: Suiveur;
  code: string;
  circuit: Circuit | undefined;
  evenements: readonly Evenement[];
  catalogue: Catalogue;
  photos: readonly PhotoDeDemande[];
  /** Null when it does not come back. */
  lieu: LieuDuSuiviProps | null;
  /** Whether one more may come. */
  ajouterPhoto: boolean;
  /** What its author may say now. */
  suites: readonly CodeEtat[];
  erreurs: readonly ErreurDeChamp[];
  champs: Readonly<Record<string, string>>;
  fait: string;
}
const FAITS: Readonly<Record<string, keyof Mots>> = {
  resolu: 'fResolu',
  'non-resolu': 'fNonResolu',
  conteste: 'fConteste',
  photo: 'fPhoto',
  suit: 'fSuit',
  quitte: 'fQuitte',
  oublie: 'fOublie',
};
const DITS: Readonly<Partial<Record<CodeEtat, keyof Mots>>> = { resolu: 'ouiRegle', 'non-resolu': 'nonRegle', conteste: 'jeConteste' };
const NOTES = ['note1', 'note2', 'note3', 'note4', 'note5'] as const satisfies readonly (keyof Mots)[];

export function SuiviPage(p: SuiviPageProps) {
  const { d, circuit } = p;
  const e = etatDe(d.etat);
  const parle = useContext(Langue);
  const [m, direLeJour] = [parle.mots, useJour()];
  const fait = motDe(FAITS, p.fait) as keyof Mots | null;
  const enFrancais = parle.langue === 'fr' ? {} : { lang: 'fr' };
  return (
    <>
      <ErrorSummary erreurs={p.erreurs} />
      {fait && <NotificationBanner ton="succes">{m[fait]}</NotificationBanner>}
      <PageHeader
        surtitre={circuit?.titre ?? m.votreDemande}
        titre={remplir(m.demandeNumero, { numero: d.numero, titre: (circuit && categorieDe(circuit, d.categorie)?.libelle) ?? d.titre })}
        etiquette={<Tag ton={e.ton}>{libelleDEtat(circuit, d.etat)}</Tag>}
        chapo={ditDEtat(circuit, d.etat)}
      />
      {p.suiveur.contact !== null && p.suiveur.confirmeLe === null && <InsetText>{m.courrielParti}</InsetText>}
      <SummaryList
        lignes={[
          { cle: m.envoyee, valeur: direLeJour(isoDuMoment(d.recuLe)) },
          { cle: m.lieu, valeur: direLieu(p.catalogue, d, m) },
          { cle: m.faits, valeur: direQuand(d, parle) },
          ...lignesDeReponses(circuit && categorieDe(circuit, d.categorie), d.reponses),
          ...(d.texte ? [{ cle: m.texte, valeur: d.texte }] : []),
          { cle: m.service, valeur: <span {...enFrancais}>{p.catalogue.nomActeurA(d.serviceId, d.territoireId)}</span> },
          ...(d.prevueLe && d.etat === 'programme' ? [{ cle: m.jourPrevu, valeur: direLeJour(d.prevueLe) }] : []),
          ...(d.meneurId ? [{ cle: m.jointe, valeur: m.jointeDit }] : []),
        ]}
      />
      <Section titre={m.ceQuiAEteFait}>
        {parle.langue !== 'fr' && p.evenements.some((x) => x.message !== '') && <p className="govuk-body">{m.motsDuService}</p>}
        <Timeline
          direJour={direLeJour}
          items={[...p.evenements]
            .filter((x) => x.vers !== null || x.message !== '')
            .reverse()
            .map((x) => ({
              titre: x.vers ? libelleDEtat(circuit, x.vers) : m.message,
              jour: isoDuMoment(x.quand),
              par: x.organisationId ? <span {...enFrancais}>{p.catalogue.nomActeurA(x.organisationId, d.territoireId)}</span> : undefined,
              contenu: (
                <>
                  {x.message && (
                    <p className="govuk-body" {...enFrancais}>
                      {x.message}
                    </p>
                  )}
                  {x.jour && x.vers !== 'fait' && <p className="govuk-body">{remplir(m.prevuLe, { jour: direLeJour(x.jour) })}</p>}
                </>
              ),
            }))}
        />
      </Section>
      {p.suites.length > 0 && (
        <Section titre={m.votreReponse}>
          <Form action={`/suivi/${p.code}`} masques={masqueDe(parle)}>
            <Radios
              nom="acte"
              legende={m.estCeRegle}
              valeur={p.champs.acte}
              erreur={erreurDe(p.erreurs, 'acte')}
              options={p.suites.map((x) => ({ valeur: x, libelle: m[DITS[x] ?? 'ouiRegle'] }))}
            />
            {circuit && !estMuet(circuit) && (
              <Textarea
                nom="mots"
                libelle={m.ajouter}
                aide={m.ajouterAide}
                valeur={p.champs.mots}
                erreur={erreurDe(p.erreurs, 'mots')}
                max={MOT_MAX}
                lignes={3}
                facultatif
              />
            )}
            <Radios
              nom="note"
              legende={m.satisfait}
              valeur={p.champs.note}
              erreur={erreurDe(p.erreurs, 'note')}
              options={NOTES.map((cle, i) => ({ valeur: String(i + 1), libelle: m[cle] }))}
              petit
              facultatif
            />
            <Button>{m.envoyerReponse}</Button>
          </Form>
        </Section>
      )}
      <PhotosDuSuivi ouverte={d.closLe === null && d.lecteurs === null} code={p.code} photos={p.photos} ajouter={p.ajouterPhoto} erreurs={p.erreurs} />
      {p.lieu && <LieuDuSuivi code={p.code} lieu={p.lieu} erreurs={p.erreurs} courriel={p.champs.courriel ?? ''} />}
      {p.suiveur.contact !== null && (
        <Form action={`/suivi/${p.code}`} masques={{ acte: 'oublier', ...masqueDe(parle) }}>
          <Button variante="discret">{m.effacerAdresse}</Button>
        </Form>
      )}
    </>
  );
}
