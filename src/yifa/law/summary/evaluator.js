// Reads the conditions of a bundle (bundle.py) against a record file: the twin of evaluator.py, for a phone without a network.
"use strict";

const yifaSummary = (() => {
  const CHINA = 8 * 3600 * 1000;

  /** The day of a moment in China, as 2024-05-01. */
  function dayOf(at) {
    return new Date(Date.parse(at) + CHINA).toISOString().slice(0, 10);
  }

  function withDefaults(event, bundle) {
    const full = { ...bundle.defaults.events[event.kind], ...event, day: dayOf(event.at) };
    if (full.penalty) full.penalty = { ...bundle.defaults.penalty, ...full.penalty };
    return full;
  }

  /** What stands at a path; null where there is nothing. `acts` are those before `step`. */
  function valueAt(context, path) {
    const [first, ...names] = path.split(".");
    const { record, bundle, acts, step } = context;
    if (first === "lookup") return bundle.lookups[names[0]];
    if (first === "acts") return acts.filter((act) => act.kind === names[0]);
    if (first === "since") {
      const start = acts.findLastIndex((act) => act.kind === names[0]);
      return start < 0 ? [] : acts.slice(start + 1).filter((act) => act.kind === names[1]);
    }
    let node;
    if (first === "last") {
      const kind = names.shift();
      node = acts.findLast((act) => act.kind === kind);
    } else if (first === "matter") node = bundle.matters[record.matter];
    else if (first === "event") node = step;
    else node = { ...bundle.defaults[first], ...record[first] };
    for (const name of names) node = node === null || node === undefined ? null : node[name];
    return node === undefined ? null : node;
  }

  function operandOf(context, given) {
    if (given === null || typeof given !== "object" || Array.isArray(given)) return given;
    return valueAt(context, given.path || `lookup.${given.lookup}`);
  }

  function yearsBetween(born, until) {
    return Number(until.slice(0, 4)) - Number(born.slice(0, 4)) - (until.slice(5) < born.slice(5) ? 1 : 0);
  }

  /** Handlers and holders of a certificate, auxiliaries never. */
  function isOfficer(person) {
    return !person.roles.includes("auxiliary") && (Boolean(person.certificate) || person.roles.includes("handler"));
  }

  const known = (value) => value !== null && value !== undefined;
  const empty = (value) => !known(value) || value === "";
  const both = (compare) => (value, other) => known(value) && known(other) && compare(value, other);

  const OPERATORS = {
    eq: (value, other) => value === other,
    ne: (value, other) => value !== other,
    eq_or_missing: (value, other) => !known(value) || value === other,
    in: (value, other) => other.includes(value),
    has: (value, other) => known(value) && value.includes(other),
    lacks: (value, other) => known(value) && !value.includes(other),
    outside: (value, other) => known(value) && value.some((item) => !other.includes(item)),
    lt: both((value, other) => value < other),
    le: both((value, other) => value <= other),
    gt: both((value, other) => value > other),
    ge: both((value, other) => value >= other),
    missing: (value) => empty(value),
    present: (value) => !empty(value),
    none: (value) => value.length === 0,
    some: (value) => value.length > 0,
    district_ne: (value, other) => value.slice(0, 6) !== other.slice(0, 6),
    officers_lt: (value, least, context) => {
      const officers = context.record.people.filter(isOfficer).map((person) => person.id);
      return new Set(value.filter((who) => officers.includes(who))).size < least;
    },
  };

  function holds(context, [path, operator, given]) {
    const value = valueAt(context, path);
    if (operator === "years_lt") {
      const until = valueAt(context, given.until);
      return !empty(value) && !empty(until) && yearsBetween(value, until) < context.bundle.lookups[given.lookup];
    }
    return OPERATORS[operator](value, operandOf(context, given), context);
  }

  /** Findings of the act at `index`, by rule: {rule, article, severity, event, message, remedy}. */
  function judge(record, index, bundle) {
    const acts = record.events.slice(0, index).map((act) => withDefaults(act, bundle));
    const step = withDefaults(record.events[index], bundle);
    const context = { record, bundle, acts, step };
    const found = [];
    for (const row of bundle.conditions) {
      if (!row.at.includes(step.kind) || (row.since && step.day < row.since)) continue;
      const held = row.fault.filter((fault) => fault.when.every((one) => holds(context, one)));
      if (!held.length) continue;
      const texts = [...new Set(held.map((fault) => fault.text).filter(Boolean))];
      const message = row.head + (texts.length ? `：${texts.join("；")}` : "");
      found.push({ rule: row.rule, article: row.article, severity: row.severity, event: index, message, remedy: row.remedy });
    }
    return found.sort((one, other) => (one.rule < other.rule ? -1 : 1));
  }

  return { judge };
})();
