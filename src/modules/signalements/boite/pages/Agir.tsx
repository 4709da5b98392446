/** What may be said of a report now: by its service, or by the organisation that asked. */
import { Button } from '../../../../ui/Button.tsx';
import { Checkboxes, Radios } from '../../../../ui/Choices.tsx';
import { DateInput } from '../../../../ui/DateInput.tsx';
import { Details } from '../../../../ui/Details.tsx';
import { Form } from '../../../../ui/Form.tsx';
import { Section } from '../../../../ui/PageHeader.tsx';
import { Select } from '../../../../ui/Select.tsx';
import { Textarea } from '../../../../ui/Textarea.tsx';
import { erreurDe } from '../../../../ui/types.ts';
import { libelleDEtat } from '../../circuits/circuit.rules.ts';
import { type Circuit, estMuet } from '../../circuits/circuit.schema.ts';
import type { CodeEtat } from '../../circuits/etats.ts';
import { exigeDe, modelesPour, MOT_MAX, produitDe } from '../../demandes/machine.rules.ts';
import type { Catalogue } from '../../../contrats/index.ts';
import type { Demande } from '../../demandes/demandes.queries.ts';
import type { ErreurDeChamp } from '../../../../ui/types.ts';

interface Props {
  d: Demande;
  circuit: Circuit;
  catalogue: Catalogue;
  suites: readonly CodeEtat[];
  aujourdhui: string;
  erreurs: readonly ErreurDeChamp[];
  champs: Readonly<Record<string, string>>;
}

export function Agir(p: Props) {
  const { d, circuit, catalogue: cat, champs } = p;
  const mots = { service: cat.nomActeurA(d.serviceId, d.territoireId), lieu: cat.territoires.get(d.territoireId)?.nom ?? '', objet: d.titre };
  const produit = produitDe(circuit, d);
  const muet = estMuet(circuit);
  const modeles = p.suites.flatMap((v) => modelesPour(circuit, v, mots));
  return (
    <Section titre="Dire où elle en est">
      <Form action={`/signalements/demandes/${d.id}/acte`} masques={{ version: String(d.version) }}>
        <Radios
          nom="vers"
          legende="Elle devient"
          valeur={champs.vers}
          erreur={erreurDe(p.erreurs, 'vers')}
          options={p.suites.map((v) => ({ valeur: v, libelle: libelleDEtat(circuit, v), aide: aideDe(circuit, v) }))}
        />
        {p.suites.includes('transmis') && (
          <Select
            nom="service"
            libelle="À quel service la transmettre ?"
            vide="Choisissez"
            valeur={champs.service}
            erreur={erreurDe(p.erreurs, 'service')}
            options={circuit.services.map((s) => ({ valeur: s, libelle: cat.nomActeurA(s, d.territoireId) }))}
            facultatif
          />
        )}
        {p.suites.includes('programme') && (
          <DateInput nom="jour" libelle="Jour prévu" valeur={champs.jour} min={p.aujourdhui} erreur={erreurDe(p.erreurs, 'jour')} facultatif />
        )}
        {p.suites.includes('hors-competence') && (
          <Select
            nom="ailleurs"
            libelle="À qui s’adresser ?"
            vide="Choisissez"
            valeur={champs.ailleurs}
            erreur={erreurDe(p.erreurs, 'ailleurs')}
            options={circuit.ailleurs.map((x) => ({ valeur: x.code, libelle: x.libelle }))}
            facultatif
          />
        )}
        {!muet && (
          <Textarea
            nom="message"
            libelle="Réponse à ceux qui ont signalé"
            aide="Lue par eux, sur leur page de suivi et par courriel. Sans nom de personne."
            valeur={champs.message}
            erreur={erreurDe(p.erreurs, 'message')}
            max={2000}
            lignes={4}
            facultatif
          />
        )}
        {produit && d.activiteId === null && p.suites.includes('fait') && (
          <Checkboxes
            nom="enregistrer"
            legende="Le registre"
            options={[
              {
                valeur: 'oui',
                libelle: `Enregistrer ce qui est fait au registre « ${produit.registre} »`,
                aide: 'Aujourd’hui, pour votre organisation : cela compte pour la fiche.',
              },
            ]}
            valeurs={[champs.enregistrer ?? 'oui']}
          />
        )}
        {modeles.length > 0 && (
          <Details resume="Réponses types">
            {modeles.map((m) => (
              <div key={m.code}>
                <p className="govuk-body">
                  <strong>{m.libelle}</strong>
                  <br />
                  {m.texte}
                </p>
              </div>
            ))}
          </Details>
        )}
        {muet ? (
          <p className="govuk-body">Rien ne s’écrit dans ce circuit : l’étape et sa date suffisent.</p>
        ) : (
          <>
            <Textarea
              nom="motif"
              libelle="Raison"
              aide={
                p.suites.includes('refuse')
                  ? `Pour « ${libelleDEtat(circuit, 'refuse')} », lue par ceux qui ont signalé, avant la réponse. Sinon, par les services.`
                  : 'Lue par les services.'
              }
              valeur={champs.motif}
              erreur={erreurDe(p.erreurs, 'motif')}
              lignes={2}
              facultatif
            />
            <Textarea nom="note" libelle="Note pour les services" valeur={champs.note} erreur={erreurDe(p.erreurs, 'note')} lignes={2} facultatif />
          </>
        )}
        <Button>Enregistrer</Button>
      </Form>
    </Section>
  );
}
export function Dire({
  d,
  circuit,
  dires,
  champs,
  erreurs,
}: Pick<Props, 'd' | 'champs' | 'erreurs'> & { circuit: Circuit | undefined; dires: readonly CodeEtat[] }) {
  return (
    <Section titre="Votre organisation a fait cette demande">
      <Form action={`/signalements/demandes/${d.id}/dire`} masques={{ version: String(d.version) }}>
        <Radios
          nom="vers_declarant"
          legende="Est-elle satisfaite ?"
          valeur={champs.vers_declarant}
          erreur={erreurDe(erreurs, 'vers_declarant')}
          options={dires.map((v) => ({ valeur: v, libelle: libelleDEtat(circuit, v) }))}
        />
        {circuit && !estMuet(circuit) && (
          <Textarea nom="mots" libelle="Ce qui manque encore" valeur={champs.mots} erreur={erreurDe(erreurs, 'mots')} lignes={2} max={MOT_MAX} facultatif />
        )}
        <Button>Envoyer la réponse</Button>
      </Form>
    </Section>
  );
}

const EXIGENCES = { motif: 'la raison', message: 'une réponse', jour: 'le jour', ailleurs: 'à qui s’adresser', service: 'le service' } as const;
function aideDe(c: Circuit, v: CodeEtat): string | undefined {
  const exige = exigeDe(c, v);
  return exige.length > 0 ? `Avec ${exige.map((x) => EXIGENCES[x]).join(' et ')}.` : undefined;
}
