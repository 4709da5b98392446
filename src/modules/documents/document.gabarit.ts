/** The Typst template of every paper of a session. Fixed: what people wrote is only ever read from the data, as strings. */
import { CHARTE } from './typst.ts';

export const GABARIT = `${CHARTE}
#set text(size: if d.serre { 9pt } else { 10pt })
#set par(leading: if d.serre { 0.6em } else { 0.68em }, spacing: if d.serre { 0.8em } else { 1.1em })
#set list(spacing: if d.serre { 0.6em } else { 0.68em })
#set page(
  paper: "a4",
  margin: (x: 20mm, top: 18mm, bottom: 21mm),
  background: if d.marque != "" { rotate(-52deg, text(size: if d.projet { 130pt } else { 105pt }, weight: "bold", fill: rgb(if d.projet { "#f5f2ea" } else { "#f6e3e1" }), d.marque)) },
  footer: pied(d.pied, d.fictif),
)
#show title: set text(size: 25pt, weight: "bold", fill: nuit)
#show title: set block(above: 0pt, below: 9pt)
#show heading.where(level: 1): set text(size: if d.serre { 12pt } else { 14pt }, fill: nuit)
#show heading.where(level: 1): set block(above: if d.serre { 1.3em } else { 1.9em }, below: if d.serre { 0.6em } else { 0.8em })
#show heading.where(level: 2): set text(size: 11.5pt, fill: nuit)
#show heading.where(level: 2): set block(above: 1.7em)
#show heading.where(level: 3): set text(size: 9.5pt, fill: laiton)
// An address or a word that no line could hold is cut anywhere.
#show regex("[^\\\\s\\u{a0}\\u{202f}\\u{370}-\\u{1dff}\\u{2e80}-\\u{ffef}]{32,}"): it => it.text.clusters().join(sym.zws)

#let cellule(c) = {
  if c.fort { strong(c.texte) } else { c.texte }
  if c.precision != "" { linebreak(); petit(c.precision) }
}
// Inside a sheet, heads are light.
#let tableau(b, clair: false) = {
  set text(size: 9pt)
  set par(leading: 0.6em)
  let tete(t) = if clair { table.header(..t.map(x => table.cell(fill: rgb("#e3dccb"), text(size: 8pt, weight: "bold", fill: nuit, x)))) } else { entete(..t) }
  let signee(i, c) = if b.signer and i == b.colonnes.len() - 1 { v(11mm) } else { cellule(c) }
  table(
    columns: b.colonnes.map(c => c.part * 1fr),
    align: b.colonnes.map(c => (if c.droite { right } else { left }) + (if b.signer { horizon } else { top })),
    stroke: if b.signer { 0.5pt + trait } else { (x, y) => if y > 0 { (bottom: 0.5pt + trait) } },
    tete(b.colonnes.map(c => c.titre)),
    ..b.lignes.map(l => l.enumerate().map(((i, c)) => table.cell(breakable: not b.signer, signee(i, c)))).flatten(),
  )
}
#let bloc(b, clair: false) = {
  if b.type == "titre" { heading(level: b.niveau, b.texte) }
  else if b.type == "para" {
    let corps = b.lignes.join(linebreak())
    if b.ton == "discret" { block(sticky: true, text(size: 8.5pt, fill: gris, corps)) } else { par(corps) }
  }
  else if b.type == "liste" { list(..b.puces) }
  else if b.type == "encart" { block(width: 100%, stroke: (left: 3pt + dore), fill: creux, inset: (left: 10pt, rest: 8pt), below: 1.1em, strong(b.texte)) }
  else if b.type == "tableau" { tableau(b, clair: clair) }
  else if b.type == "signatures" {
    block(breakable: false, above: 2em, {
      b.fait + " " + (if b.date != "" { b.date } else { box(width: 32mm, pdf.artifact(line(length: 100%, stroke: 0.5pt + gris))) })
      v(3mm)
      grid(columns: b.signataires.map(_ => 1fr), column-gutter: 12mm, ..b.signataires.map(s => {
        strong(s.fonction)
        if s.nom != "" { linebreak(); s.nom }
        v(15mm)
        pdf.artifact(line(length: 100%, stroke: 0.5pt + trait))
      }))
    })
  }
  else if b.type == "fiche" {
    block(width: 100%, fill: creux, radius: 4pt, inset: 10pt, above: 1em, below: 1.2em, {
      heading(level: 3, outlined: false, bookmarked: false, b.titre)
      for x in b.blocs { bloc(x, clair: true) }
    })
  }
}

// ---------- head
#let lettre-de = {
  strong(d.entete.nom)
  for l in d.entete.lignes { linebreak(); petit(l) }
}
#if d.entete.logo != "" {
  grid(columns: (auto, 1fr), column-gutter: 12pt, align: horizon, box(width: 38mm, height: 22mm, align(left + horizon, image(d.entete.logo, alt: d.entete.alt, width: 38mm, height: 22mm, fit: "contain"))), lettre-de)
} else if d.entete.nom != "" { lettre-de }
#v(4mm)
#block(below: 6mm, {
  petit(d.contrat)
  linebreak()
  text(size: 11.5pt, weight: "bold", fill: laiton, d.instance)
})
#title(d.genre)
#if d.seance != "" { text(size: 12.5pt, fill: encre, d.seance) }
#v(1mm)
#pdf.artifact(line(length: 100%, stroke: 1.4pt + laiton))
#if d.destinataire.len() > 0 {
  v(3mm)
  align(right, block(width: 78mm, align(left, d.destinataire.enumerate().map(((i, l)) => if i == 0 { strong(l) } else { l }).join(linebreak()))))
  v(3mm)
}
#if d.reperes.len() > 0 {
  grid(columns: (1fr, 1fr), column-gutter: 14pt, row-gutter: 11pt, ..d.reperes.map(r => { petit(r.cle); linebreak(); r.valeur }))
  v(3mm)
}
#for b in d.blocs { bloc(b) }
`;
