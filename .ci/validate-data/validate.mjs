// Holds the files for machines of a built site against readers and validators
// that others wrote: Data Package and Table Schema with every row and foreign
// key, Parquet, JSON-LD, Atom and robots.txt.
// usage: node validate.mjs SITE BASE_URL
import { execFileSync } from 'node:child_process'
import { createReadStream, existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { gunzipSync } from 'node:zlib'
import Ajv from 'ajv'
import addFormats from 'ajv-formats'
import datapackage from 'datapackage'
import FeedParser from 'feedparser'
import { asyncBufferFromFile, parquetReadObjects } from 'hyparquet'
import { compressors } from 'hyparquet-compressors'
import jsonld from 'jsonld'
import robotsParser from 'robots-parser'

const [site, base] = process.argv.slice(2)
let faults = 0
const fault = (...what) => { faults++; console.error('FAULT', ...what) }
const told = {}
const count = (what, n = 1) => { told[what] = (told[what] ?? 0) + n }

const files = readdirSync(site, { recursive: true, withFileTypes: true })
  .filter(f => f.isFile()).map(f => relative(site, join(f.parentPath, f.name))).sort()
const json = name => JSON.parse(readFileSync(join(site, name), 'utf8'))

// Every descriptor and every schema of a table keeps to version 2, each by the
// rules beside this file and by the published profile where it is there.
const ajv = new Ajv({ allErrors: true, strict: false, logger: false })
addFormats(ajv)
const rules = JSON.parse(readFileSync('datapackage-2.schema.json', 'utf8'))
const profiles = [['rules', ajv.compile(rules)]]
if (existsSync('datapackage-2.0.json')) profiles.push(['profile', ajv.compile(JSON.parse(readFileSync('datapackage-2.0.json', 'utf8')))])
const schemaRules = ajv.compile({ ...rules, $comment: 'a schema by itself', ...rules.definitions.schema, required: ['fields', '$schema'] })
for (const name of files.filter(f => f.endsWith('datapackage.json'))) {
  const d = json(name)
  for (const [what, valid] of profiles) {
    if (!valid(d)) fault(name, what, valid.errors.slice(0, 5).map(e => e.instancePath + ' ' + e.message))
    count('descriptors by ' + what)
  }
  const folder = name.slice(0, -'datapackage.json'.length)
  for (const r of d.resources) {
    for (const path of [r.path, r.schema].filter(p => typeof p === 'string')) if (!files.includes(folder + path)) fault(name, path, 'is not there')
    const s = typeof r.schema === 'string' ? json(folder + r.schema) : r.schema
    if (!s) continue
    if (!schemaRules(s)) fault(name, r.name, schemaRules.errors.slice(0, 5).map(e => e.instancePath + ' ' + e.message))
    const names = s.fields.map(f => f.name)
    for (const k of [s.primaryKey ?? [], ...(s.foreignKeys ?? []).map(k => k.fields)].flat()) if (!names.includes(k)) fault(name, r.name, 'key', k, 'is no field')
    if (new Set(names).size !== names.length) fault(name, r.name, 'has two fields of one name')
    count('table schemas')
  }
}

// Every package, every table, every row, every foreign key.
const rowsOf = {} // of tables read, by path
for (const name of files.filter(f => f.endsWith('datapackage.json'))) {
  const p = await datapackage.Package.load(join(site, name))
  if (!p.valid) fault(name, p.errors.map(e => e.message))
  count('packages')
  for (const r of p.resources) {
    if (r.descriptor.format !== 'csv') continue
    try {
      const rows = await r.read({ keyed: true, relations: true }) // puts the row referred to in the place of its key
      if (r.name.match(/^(figures|rows|last-year)-\d/)) rowsOf[r.descriptor.path] = await r.read({ keyed: true })
      count('tables'); count('rows', rows.length)
    } catch (e) {
      fault(name, r.name, e.multiple ? e.errors.slice(0, 5).map(x => x.message) : e.message)
    }
  }
}

// The file of all figures of a year holds the rows of its parts.
const wholes = files.filter(f => /^data\/all-figures-\d{4}\.csv\.gz$/.test(f))
if (wholes.length === 0) fault('data', 'no file of all figures of a year')
for (const name of wholes) {
  const year = name.match(/\d{4}/)[0]
  const lines = gunzipSync(readFileSync(join(site, name))).toString('utf8').split('\r\n').slice(1, -1) // a cell may hold several
  const parted = Object.entries(rowsOf).filter(([p]) => p.startsWith(`data/figures/year=${year}/`)).reduce((n, [, rows]) => n + rows.length, 0)
  if (lines.length < parted || parted === 0) fault(name, lines.length, 'lines, the parts have', parted, 'rows')
  count('lines of the files of a year', lines.length)
}

// Parquet says what CSV says.
for (const [path, rows] of Object.entries(rowsOf)) {
  const name = path.replace(/csv$/, 'parquet')
  const packed = await parquetReadObjects({ file: await asyncBufferFromFile(join(site, name)), compressors })
  if (packed.length !== rows.length) { fault(name, packed.length, 'rows, CSV has', rows.length); continue }
  packed.forEach((p, i) => {
    for (const [k, v] of Object.entries(rows[i])) {
      if (k === 'year') continue
      const same = v === null ? p[k] === null || p[k] === undefined
        : typeof v === 'number' ? Number(p[k]) === v
        : v instanceof Date ? p[k] === new Date(v.getTime() - v.getTimezoneOffset() * 60000).toISOString().slice(0, 10)
        : typeof v === 'object' ? JSON.stringify(JSON.parse(p[k])) === JSON.stringify(v)
        : p[k] === v
      if (!same) fault(name, i + 1, k, p[k], v)
    }
  })
  count('Parquet rows', packed.length)
}

// JSON-LD: no term is lost when it is expanded, and the catalogue has its datasets.
const DCAT = 'http://www.w3.org/ns/dcat#'
const [catalog] = await jsonld.expand(json('catalog.jsonld'), { safe: true, base: base + '/catalog.jsonld' })
const datasets = catalog[DCAT + 'dataset'] ?? []
if (datasets.length < 2) fault('catalog.jsonld', 'has no datasets')
for (const d of datasets) {
  for (const need of ['http://purl.org/dc/terms/title', DCAT + 'distribution']) if (!d[need]) fault('catalog.jsonld', d['@id'], 'lacks', need)
  for (const f of d[DCAT + 'distribution'] ?? []) {
    const at = decodeURI(f[DCAT + 'downloadURL'][0]['@id'])
    if (!at.startsWith(base + '/') || !files.includes(at.slice(base.length + 1))) fault('catalog.jsonld', at, 'is no file of the site')
    count('distributions')
  }
}
const rdf = await jsonld.toRDF(json('catalog.jsonld'), { format: 'application/n-quads', base: base + '/catalog.jsonld' })
count('RDF statements', rdf.trim().split('\n').length)

// schema.org on pages: expanded without loss, and typed by schema-dts.
const context = { contextUrl: null, documentUrl: 'https://schema.org/', document: { '@context': { '@vocab': 'https://schema.org/' } } }
let typed = "import type { DataCatalog, Dataset, WithContext } from 'schema-dts'\n"
for (const name of files.filter(f => f.endsWith('.html'))) {
  const found = readFileSync(join(site, name), 'utf8').matchAll(/<script type="application\/ld\+json">(.*?)<\/script>/gs)
  for (const [, text] of found) {
    const doc = JSON.parse(text)
    await jsonld.expand(doc, { safe: true, base: base + '/' + name, documentLoader: async () => context })
    if (doc['@type'] === 'Dataset' && (doc.description.length < 50 || doc.description.length > 5000)) fault(name, 'description has', doc.description.length, 'characters')
    for (const d of doc.distribution ?? []) {
      const at = decodeURI(d.contentUrl)
      if (!at.startsWith(base + '/') || !files.includes(at.slice(base.length + 1))) fault(name, at, 'is no file of the site')
    }
    typed += `export const p${count.n = (count.n ?? 0) + 1}: WithContext<${doc['@type']}> = ${text}\n`
    count('pages with JSON-LD')
  }
}
writeFileSync('pages.ts', typed)
try {
  execFileSync('node_modules/.bin/tsc', ['--noEmit', '--strict', '--skipLibCheck', '--moduleResolution', 'bundler', '--module', 'esnext', '--target', 'esnext', 'pages.ts'], { encoding: 'utf8' })
} catch (e) { fault('schema.org', e.stdout ?? e.message) }

// The feed, read by a feed reader.
const entries = await new Promise((done, fail) => {
  const out = []
  const parser = new FeedParser({ feedurl: base + '/feed.xml' })
  createReadStream(join(site, 'feed.xml')).pipe(parser)
  parser.on('error', fail)
  parser.on('readable', () => { for (let e; (e = parser.read());) out.push(e) })
  parser.on('end', () => done({ meta: parser.meta, out }))
})
if (entries.meta['#type'] !== 'atom' || !entries.meta.title || !entries.meta.date) fault('feed.xml', 'lacks type, title or date')
if (new Set(entries.out.map(e => e.guid)).size !== entries.out.length) fault('feed.xml', 'an id occurs twice')
for (const e of entries.out) {
  if (!e.title || !e.date || !/^tag:/.test(e.guid)) fault('feed.xml', e.guid, 'lacks title, date or tag')
  if (!files.includes(decodeURI(e.link).slice(base.length + 1) + 'index.html')) fault('feed.xml', e.link, 'is no page')
  count('feed entries')
}

// robots.txt and the sitemap: every address is a page, every page has one.
const robots = robotsParser(base + '/robots.txt', readFileSync(join(site, 'robots.txt'), 'utf8'))
if (!robots.isAllowed(base + '/index.html', 'AnyBot') || robots.getSitemaps()[0] !== base + '/sitemap.xml') fault('robots.txt')
const listed = [...readFileSync(join(site, 'sitemap.xml'), 'utf8').matchAll(/<loc>(.*?)<\/loc>/g)]
  .map(([, u]) => decodeURI(u).slice(base.length + 1)).map(u => u === '' || u.endsWith('/') ? u + 'index.html' : u)
const pages = files.filter(f => f.endsWith('.html') && f !== '404.html')
for (const p of pages) if (!listed.includes(p)) fault('sitemap.xml', 'lacks', p)
for (const l of listed) if (!pages.includes(l)) fault('sitemap.xml', l, 'is no page')
count('addresses in the sitemap', listed.length)

console.log(told)
if (faults) { console.error(faults, 'faults'); process.exit(1) }
