# survey_dt.R PARTS FORMS OUT: data.table; sums of each stratum, then variances of the unit
suppressMessages(library(data.table))
arguments <- commandArgs(TRUE)
parts <- fread(arguments[1]); out <- arguments[3]
parts <- split(parts$item, factor(parts$part, unique(parts$part)))
items <- names(parts)[lengths(parts) == 1]
data <- fread(arguments[2], drop = "id")

# Weighted sums of satisfied answers t and answers a of a form, and of their squares and product.
sums <- function(weight, t, a) {
  wt <- weight * t; wa <- weight * a
  c(sum(wt), sum(wa), sum(wt * wt), sum(wt * wa), sum(wa * wa))
}
strata <- data[, {
  a <- lapply(.SD, function(label) !is.na(label))
  t <- lapply(.SD, function(label) !is.na(label) & label >= 4L)
  s <- vapply(parts, function(own) sums(weight, Reduce(`+`, t[own]), Reduce(`+`, a[own])), numeric(5))
  list(part = names(parts), n = .N, t = s[1, ], a = s[2, ], tt = s[3, ], ta = s[4, ], aa = s[5, ])
}, by = .(unit, stratum), .SDcols = items]

strata[, `:=`(total = sum(a), p = sum(t) / sum(a)), by = .(unit, part)]
strata[, variance := n / (n - 1) * (tt - 2 * p * ta + p^2 * aa - (t - p * a)^2 / n)]
fwrite(strata[, .(share = p[1], se = sqrt(sum(variance)) / total[1]), by = .(unit, part)], out)
