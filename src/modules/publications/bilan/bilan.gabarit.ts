/**
 * The Typst template of the printed bilan. It is fixed: everything that comes from people is read from the data as strings,
 * which Typst never parses as markup. Only marks of layout stand here.
 */
import { CHARTE } from '../../documents/index.ts';

export const GABARIT = `${CHARTE}
#show heading.where(level: 1): set text(size: 20pt, fill: nuit)
#show heading.where(level: 2): set text(size: 15pt, fill: nuit)
#show heading.where(level: 3): set text(size: 10.5pt, fill: laiton)
#show figure: set block(breakable: false)
#show figure.caption: set text(size: 8pt, fill: gris)
#set figure(gap: 5pt, numbering: none, supplement: none)
#show figure.caption: it => align(left, it.body)

// A heading of the front matter, too small for the table of contents.
#let inter(t) = heading(level: 2, outlined: false, text(size: 11pt, fill: laiton, t))

// A figure: the state is told by word and by shape, never by colour alone.
#let chiffre(c, fort: false) = {
  if c.etat == "valeur" or c.etat == "zero" { text(weight: if fort { "bold" } else { "regular" }, size: if fort { 10.5pt } else { 9pt }, c.court) }
  else if c.etat == "manquant" { box(stroke: (paint: garance, thickness: 0.6pt, dash: "dotted"), radius: 2pt, inset: (x: 3pt, y: 2pt), baseline: 2pt, text(size: 8pt, fill: garance, c.mot)) }
  else { box(stroke: 0.5pt + trait, fill: if c.etat == "secret" { creux } else { none }, radius: 2pt, inset: (x: 3pt, y: 2pt), baseline: 2pt, text(size: 8pt, fill: gris, c.mot)) }
}
#let juge(e, j) = text(fill: if j == "favorable" { vert } else if j == "défavorable" { garance } else { gris }, e) + if j != "" { linebreak() + text(size: 7pt, fill: gris, j) }

// ---------- cover
#page(fill: nuit, margin: (x: 24mm, y: 26mm), footer: none, header: none)[
  #set text(fill: white)
  #signe(22mm, clair: true)
  #v(4mm)
  #text(size: 12pt, fill: rgb("#c6d1e4"), d.contrat)
  #v(1fr)
  #show title: set text(size: 46pt, weight: "bold", fill: white)
  #set par(leading: 0.4em)
  #title(d.titreCourt)
  #v(2mm)
  #text(size: 26pt, fill: dore, d.territoire)
  #v(8mm)
  #set par(leading: 0.7em)
  #block(width: 75%, text(size: 11pt, fill: rgb("#e7ecf5"), d.resume))
  #v(1fr)
  #if d.fictif != "" { block(fill: dore, radius: 4pt, inset: (x: 10pt, y: 7pt), text(fill: nuit, weight: "bold", size: 11pt, d.fictif)) }
  #v(4mm)
  #text(size: 9.5pt, fill: rgb("#c6d1e4"), d.edition)
  #linebreak()
  #text(size: 9.5pt, fill: rgb("#c6d1e4"), d.signataires)
]

#set page(
  paper: "a4",
  margin: (x: 18mm, top: 18mm, bottom: 20mm),
  footer: pied(d.pied, d.fictif),
)
#show outline.entry.where(level: 1): set block(above: 10pt)
#show outline.entry.where(level: 1): set text(weight: "bold", fill: nuit)
#outline(title: "Sommaire", depth: 2, indent: 10pt)

// ---------- summary
#pagebreak()
= Synthèse
#grid(columns: (1fr,) * 3, gutter: 8pt, ..d.tuiles.map(t => block(fill: creux, radius: 5pt, inset: 10pt, width: 100%, height: 21mm, {
  text(size: 20pt, weight: "bold", fill: nuit, t.valeur)
  linebreak()
  text(size: 8.5pt, fill: gris, t.libelle)
})))
#v(2mm)
#d.phrase

#inter("Axe par axe")
#table(columns: (1fr, auto, auto, auto, auto), align: (left, right, right, right, right),
  entete("Axe", "Fiches", "Chiffres connus", "Manquants", "Enregistrements"),
  ..d.axes.map(a => ([#strong(a.nom) #linebreak() #petit(a.resume)], a.fiches, a.connus, a.manquants, a.preuves)).flatten(),
  table.hline(stroke: 0.5pt + trait),
)
#if d.attendus.len() > 0 [
  #inter("De qui les chiffres manquants sont attendus")
  #table(columns: (1fr, auto), align: (left, right), entete("Organisme", "Chiffres attendus"),
    ..d.attendus.map(a => (a.acteur, a.nombre)).flatten())
]

// ---------- fiche by fiche at a glance
#inter("Les fiches en un coup d’œil")
#table(columns: (auto, 1fr, auto, auto, auto), align: (left, left, right, right, right),
  entete("Fiche", "Titre", "Chiffres connus", "Lignes servies", "Enregistrements"),
  ..d.fiches.map(f => (f.numero, f.titre, f.connus, f.servies, f.preuves)).flatten())

= Méthode
#for p in d.methode { par(p) }
#inter("Les cinq états d’un chiffre")
#table(columns: (auto, 1fr), align: (left, left), entete("État", "Ce que cela veut dire"),
  ..d.etats.map(e => (strong(e.mot), e.sens)).flatten())
#inter("D’où viennent les chiffres")
#table(columns: (auto, auto, 1fr), align: (left, right, left), entete("Mesure", "Nombre", "Comment le chiffre est obtenu"),
  ..d.obtentions.map(o => (strong(o.mot), o.nombre, o.sens)).flatten())

// ---------- fiches
#let acteurs(titre, noms) = [#text(size: 8pt, weight: "bold", fill: laiton, titre) #linebreak() #text(size: 8.5pt, if noms == "" { "aucun désigné" } else { noms })]
// The count never starts a line of its own.
#let compte(n) = if n == "" { none } else if n == "0" { sym.space.nobreak + petit(n) } else { sym.space.nobreak + puce(n, fond: rgb("#e2eaf6"), couleur: rgb("#173c7a")) }
#let uneFiche(f) = {
  block(width: 100%, below: 0.9em, {
    puce(f.etiquette, fond: nuit, couleur: white)
    h(6pt)
    petit(f.completude)
    heading(level: 2, f.titreComplet)
    text(size: 10.5pt, f.resume)
  })
  if f.note != "" { block(stroke: (left: 2pt + dore), inset: (left: 8pt, y: 3pt), petit(f.note, couleur: encre)) }
  block(fill: creux, radius: 5pt, inset: 9pt, width: 100%, grid(columns: (1fr, 1fr, 1.4fr), column-gutter: 12pt,
    acteurs("Pour qui", f.public), acteurs("Pilotes", f.pilotes), acteurs("Partenaires", f.partenaires)))
  if f.mesures.len() > 0 {
    heading(level: 3, "Les chiffres de " + d.annee)
    table(columns: (1fr, 25mm, 23mm, 22mm), align: (left, right, right, right),
      stroke: (x, y) => if y > 0 { (bottom: 0.4pt + trait) },
      entete("Mesure", d.annee, d.avant, "Évolution"),
      ..f.mesures.map(m => (
        [#m.libelle #linebreak() #petit(m.precision)#if m.dette != "" { linebreak(); text(size: 7.5pt, fill: garance, m.dette) }],
        chiffre(m.n, fort: true),
        if m.avant == none { petit("–") } else { chiffre(m.avant) },
        juge(m.evolution, m.jugement),
      )).flatten())
  }
  if f.graphique != none {
    heading(level: 3, "D’une année à l’autre")
    figure(image(bytes(f.graphique.svg), format: "svg", alt: f.graphique.alt, width: 100%))
  }
  if f.carte != none {
    block(breakable: false, {
      heading(level: 3, "Où")
      grid(columns: (auto, 1fr), column-gutter: 16pt, align: (left, horizon),
        figure(image(bytes(f.carte.svg), format: "svg", alt: f.carte.alt, height: f.carte.hauteur * 0.9pt)),
        {
          text(weight: "bold", f.carte.titre)
          linebreak()
          petit(f.carte.lecture)
          if f.carte.tete.len() > 0 { v(1mm); list(..f.carte.tete.map(t => [#t.nom~: #strong(t.valeur)])) }
        })
    })
  }
  if f.actions.len() > 0 {
    heading(level: 3, "Les actions et leur activité")
    petit(f.phraseActions)
    for a in f.actions {
      block(above: 0.9em, below: 0.5em, sticky: true, [#strong(a.libelle)#compte(a.preuves)])
      if a.lignes.len() > 0 {
        list(..a.lignes.map(l => [#h(l.retrait * 8pt)#l.libelle#compte(l.preuves)]))
      }
    }
  }
  if f.recits.len() > 0 {
    heading(level: 3, "Ce que disent les partenaires")
    for r in f.recits { block(stroke: (left: 2pt + dore), inset: (left: 9pt, y: 2pt), above: 0.8em, [#petit(r.libelle) #linebreak() #r.texte]) }
  }
}
#for a in d.axes {
  for (i, f) in d.fiches.filter(f => f.axe == a.numero).enumerate() {
    pagebreak(weak: true)
    if i == 0 { heading(level: 1, a.nom); petit(a.resume); v(2mm); filet }
    uneFiche(f)
  }
}

// ---------- annex
#set page(flipped: true, margin: (x: 15mm, top: 15mm, bottom: 18mm))
= Annexe : toutes les mesures
#text(size: 9pt, d.phraseAnnexe)
#set text(size: 7.8pt)
#table(columns: (15mm, 1fr, 24mm, 17mm, 20mm, 17mm, 62mm), align: (left, left, left, left, right, left, left), inset: (x: 4pt, y: 3pt),
  stroke: (x, y) => if y > 0 { (bottom: 0.3pt + trait) },
  entete("Mesure", "Libellé", "Unité", "Obtention", "Valeur", "État", "Source, ou de qui le chiffre est attendu"),
  ..d.annexe.map(l => (l.id, l.libelle, l.unite, l.obtention, l.valeur, l.mot, l.source)).flatten())
`;
