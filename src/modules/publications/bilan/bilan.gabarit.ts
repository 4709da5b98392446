/**
 * The Typst template of the printed bilan. It is fixed: everything that comes from people is read from the data as strings,
 * which Typst never parses as markup. Only marks of layout stand here. Fiches follow one another, so that no page stays almost empty.
 */
import { CHARTE } from '../../documents/index.ts';
import { ANNEXES } from './bilan.gabarit-annexes.ts';

export const GABARIT = `${CHARTE}
#show heading.where(level: 1): set text(size: 18pt, fill: nuit)
#show heading.where(level: 2): set text(size: 12.5pt, fill: nuit)
#show heading.where(level: 3): set text(size: 10pt, fill: laiton)
#show figure: set block(breakable: false)
#set figure(gap: 5pt, numbering: none, supplement: none)

// A heading too small for the table of contents.
#let inter(t) = heading(level: 2, outlined: false, text(size: 10pt, fill: laiton, t))

// A figure: the state is told by word and by shape, never by colour alone. Red is for what is late.
#let chiffre(c, fort: false) = {
  if c.mot == "valeur" or c.mot == "zéro" { text(weight: if fort { "bold" } else { "regular" }, size: if fort { 10pt } else { 9pt }, c.court) }
  else if c.mot == "manquant" { box(stroke: (paint: garance, thickness: 0.6pt, dash: "dotted"), radius: 2pt, inset: (x: 3pt, y: 2pt), baseline: 2pt, text(size: 8pt, fill: garance, c.mot)) }
  else if c.mot == "secret" { box(stroke: 0.5pt + trait, fill: creux, radius: 2pt, inset: (x: 3pt, y: 2pt), baseline: 2pt, text(size: 8pt, fill: gris, c.mot)) }
  else { text(size: 8pt, fill: gris, c.mot) }
}
#let juge(e, j, s) = text(size: 8.5pt, fill: if j == "favorable" { vert } else if j == "défavorable" { garance } else { gris }, e) + if j != "" { linebreak() + text(size: 7pt, fill: gris, j + " : " + s) }
#let traits = (x, y) => if y > 0 { (bottom: 0.4pt + trait) }

// Figures beside last year's, and the whole contract's: a year that is not over stands beside the same months only, the whole beside nothing.
#let colonnes = (true, true, d.entiere, true, d.compare)
#let garder(liste) = liste.zip(colonnes).filter(x => x.at(1)).map(x => x.at(0))
#let mesures(liste, fort: false) = table(
  columns: garder((1fr, 21mm, 21mm, if d.entiere { 25mm } else { 40mm }, 45mm)), align: garder((left, right, right, right, left)), inset: (x: 4pt, y: 2.6pt), stroke: traits,
  entete(..garder(("Mesure", d.annee, d.avant, d.titreEvolution, d.titreComparaison))),
  ..liste.map(m => garder((
    [#text(weight: if fort { "bold" } else { "regular" }, m.libelle)#if m.precision != "" { [ #petit(m.precision)] }#if m.dette != "" { linebreak(); petit(m.dette, couleur: if m.n.mot == "manquant" { garance } else { gris }) }],
    chiffre(m.n, fort: true),
    if m.avant == none { petit("–") } else { chiffre(m.avant) },
    juge(m.evolution, m.jugement, m.sens),
    petit(m.comparaison),
  ))).flatten())

// Words of a person, as typed, with who and when.
#let ecrit(t) = block(width: 100%, stroke: (left: 2pt + dore), inset: (left: 10pt, y: 3pt), above: 0.8em, below: 0.9em, {
  for b in t.blocs {
    if b.type == "para" { par(b.lignes.map(l => [#l]).join(linebreak())) }
    else { list(..b.puces.map(p => [#p])) }
  }
  petit(t.signature)
})

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
  #for l in d.mentions { text(size: 9.5pt, fill: rgb("#c6d1e4"), l); linebreak() }
]

#set page(paper: "a4", margin: (x: 18mm, top: 17mm, bottom: 18mm), footer: pied(d.pied, d.fictif))

// ---------- the essential
= L’essentiel
#if d.essentiel != none { ecrit(d.essentiel) } else { petit(d.sansEssentiel) }
#text(d.phrase)
#grid(columns: (1fr,) * 4, gutter: 7pt, ..d.tuiles.map(t => block(fill: creux, radius: 5pt, inset: 8pt, width: 100%, height: 19mm, {
  text(size: 17pt, weight: "bold", fill: nuit, t.valeur)
  linebreak()
  text(size: 8pt, fill: gris, t.libelle)
})))
#v(2mm)
#inter("Dans ce bilan")
#outline(title: none, depth: 1)

// ---------- figures that matter
#pagebreak()
= Les chiffres qui comptent
#petit(d.phraseReperes)
#mesures(d.reperes, fort: true)

#inter("Axe par axe")
#table(columns: (1fr, auto, auto, auto, auto), align: (left, right, right, right, right), stroke: traits,
  entete("Axe", "Chiffres connus", "En retard", "Attendus plus tard", "Enregistrements"),
  ..d.axes.map(a => (a.nom, a.connus, a.enRetard, a.aVenir, a.preuves)).flatten())
#if d.retards.len() > 0 [
  #inter("Chiffres en retard")
  #petit(d.phraseRetards)
]
#if d.aVenir.len() > 0 [
  #inter("Chiffres attendus plus tard")
  #petit(d.phraseAVenir)
]

// ---------- sessions and decisions
= Séances et décisions
#text(d.phraseSeances)
#if d.seances.len() > 0 {
  table(columns: (1fr, auto, 74mm, auto).slice(0, d.colonnesSeances), align: (left, right, left, right).slice(0, d.colonnesSeances), stroke: traits,
    entete(..("Instance", "Séances", "Jours", "Décisions prises").slice(0, d.colonnesSeances)),
    ..d.seances.map(s => (s.instance, s.nombre, petit(s.jours), s.decisions).slice(0, d.colonnesSeances)).flatten())
}
#if d.resteSeances != "" { petit(d.resteSeances) }
#inter("Ce que les décisions sont devenues")
#text(d.phraseDecisions)
#if d.decisions.len() > 0 {
  table(columns: (auto, 1fr, 38mm, 22mm, 22mm), align: left, stroke: traits,
    entete("N°", "Décision ou action", "Qui", "Échéance", "État"),
    ..d.decisions.map(x => (
      petit(x.numero),
      [#x.libelle #linebreak() #petit(x.precision)#if x.suite != "" { linebreak(); petit(x.suite, couleur: encre) }],
      petit(x.qui), petit(x.echeance),
      text(size: 8.5pt, weight: "bold", fill: if x.enRetard { garance } else if x.etat == "fait" { vert } else { encre }, x.etatDit),
    )).flatten())
}
#if d.resteDecisions != "" { petit(d.resteDecisions) }

// ---------- what former figures became
#if d.rectificatifs.len() > 0 [
  = Rectificatifs
  #text(d.phraseRectificatifs)
  #table(columns: (20mm, 1fr, 24mm, 24mm, 50mm), align: left, stroke: traits,
    entete(..d.titresRectificatifs),
    ..d.rectificatifs.map(r => (petit(r.jour), [#r.mesure #linebreak() #petit(r.ou)], petit(r.avant), petit(r.apres, couleur: encre),
      [#petit(r.motif, couleur: encre) #linebreak() #petit(r.par)])).flatten())
]

// ---------- fiche by fiche
#let uneFiche(f) = {
  heading(level: 2, f.titreComplet)
  block(above: 0.2em, below: 0.7em, sticky: true, petit(f.chapo))
  if f.commentaire != none { ecrit(f.commentaire) }
  if f.mesures.len() > 0 {
    mesures(f.mesures)
  }
  if f.phraseZeros != "" { par(petit(f.phraseZeros)) }
  for x in f.dettes { par(petit(x.texte, couleur: if x.enRetard { garance } else { gris })) }
  let preuves = {
    if f.carte != none { text(size: 8.5pt, weight: "bold", f.carte.titre); linebreak(); petit(f.carte.lecture); parbreak() }
    petit(f.phraseActions, couleur: encre)
    if f.lignes.len() > 0 { list(..f.lignes.map(l => [#text(size: 8.5pt, l)])) }
  }
  if f.carte != none {
    block(breakable: false, grid(columns: (auto, 1fr), column-gutter: 14pt, align: (left, top),
      figure(image(bytes(f.carte.svg), format: "svg", alt: f.carte.alt, height: f.carte.hauteur * 0.62pt)), preuves))
  } else { preuves }
  if f.graphique != none { figure(image(bytes(f.graphique.svg), format: "svg", alt: f.graphique.alt, width: 82%)) }
  for r in f.recits { block(above: 0.8em, [#petit(r.libelle) #linebreak() #r.texte #if r.signature != "" [#linebreak() #petit(r.signature)]]) }
}
#for a in d.axes {
  let siennes = d.fiches.filter(f => f.axe == a.numero)
  heading(level: 1, a.nom)
  block(sticky: true, petit(a.resume))
  for f in siennes { uneFiche(f) }
  if a.muettes != "" { block(above: 1em, petit(a.muettes)) }
}

// ---------- how to read; whole, so that the last page is never almost empty
#block(breakable: false, above: 2em, fill: creux, radius: 5pt, inset: 11pt, width: 100%, {
  heading(level: 1, "Lire ce bilan")
  set text(size: 8.5pt)
  for p in d.methode { par(p) }
})
${ANNEXES}`;
