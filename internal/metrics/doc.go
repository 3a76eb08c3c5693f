// Package metrics counts what the service does and offers it to Prometheus. Every metric is a
// count, a number of seconds or bytes, or a flag: no value, target or percent of an indicator is
// among them. Labels take few values each: routes are templates, methods and codes are of fixed
// sets.
package metrics
