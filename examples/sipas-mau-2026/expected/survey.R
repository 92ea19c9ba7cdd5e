# An independent computation of the survey in ../answers.csv, with R's package `survey`.
#
#     Rscript expected/survey.R > expected/expected.csv
#     Rscript survey.R ../answers.csv
#
# It shares nothing with the program: items, factors, fields, shares and scale stand here once more.
#
# Rules. An item is answered if it has a code 1-5 or its label; empty and "Chưa chọn" are not
# answered and in no denominator. A form is valid if at least half of the 39 items are answered.
# Satisfied answers are 4 and 5. The index of a part is the weighted number of satisfied answers to its
# items / the weighted number of answers to them, over valid forms (pooled answers). A share is the
# weighted number of valid forms that name one of its options / that answer its question.
#
# Design: svydesign(ids = ~cluster, strata = ~stratum, weights = ~weight, fpc = ~fpc) of all forms.
# Forms that are not valid stay in it and add zeros, so the variance is that of a domain.
#
# Columns of the output:
#   unit     the unit; empty: all units together
#   by,value the group and its option, of which the row tells; empty: no group. Each group for all units
#            together, gioi_tinh also unit by unit
#   part     overall, or the id of a field, a factor, an item or a share
#   minus    empty: an index. Otherwise the row is the difference of two indices, that of `unit` (or
#            `value`) less that of the unit (or option) named here, with their covariance
#   n        valid forms with at least one answer in the part (a share: that answer the question); of
#            a difference: of both together
#   index    in percent; a difference in percentage points
#   se       its standard error, linearised, in percentage points
#   low,high 95 % confidence interval: index -/+ t(0.975, df) se, not cut off at 0 or 100
#   df       clusters less strata (degf) of the design's subset: the unit; of a group, the valid forms that
#            name the option; of a difference, those of both sides. Every cluster has valid forms
#   deff     design effect against a simple random sample without replacement, of the n forms;
#            empty for differences, and where se is 0
#   deff_replace   the same against one with replacement

suppressPackageStartupMessages(library(survey))

arguments <- commandArgs(trailingOnly = TRUE)
script <- sub("^--file=", "", grep("^--file=", commandArgs(), value = TRUE))
path <- if (length(arguments)) arguments[1] else file.path(dirname(script), "..", "answers.csv")
forms <- read.csv(path, encoding = "UTF-8", colClasses = "character", na.strings = character(0),
                  check.names = FALSE)

labels <- c("R\u1ea5t kh\u00f4ng h\u00e0i l\u00f2ng", "Kh\u00f4ng h\u00e0i l\u00f2ng",
            "B\u00ecnh th\u01b0\u1eddng", "H\u00e0i l\u00f2ng", "R\u1ea5t h\u00e0i l\u00f2ng")
blank <- c("", "Ch\u01b0a ch\u1ecdn")

items <- sprintf("q9_%02d", 1:39)
factors <- split(items, factor(rep(
  c("cs-a", "cs-b", "cs-c", "cs-d", "dv-a", "dv-b", "dv-c", "dv-d", "dv-e"),
  c(2, 2, 9, 10, 3, 4, 3, 3, 3)
)))
fields <- list("chinh-sach" = items[1:23], "dich-vu" = items[24:39])
parts <- c(list(overall = items), fields, factors, setNames(as.list(items), items))

some <- "C\u00f3, m\u1ed9t s\u1ed1 c\u00f4ng ch\u1ee9c"
many <- "C\u00f3, nhi\u1ec1u c\u00f4ng ch\u1ee9c"
shares <- c(
  list(
    khong_phien_ha = list("q5", "Kh\u00f4ng b\u1ecb"),
    phien_ha = list("q5", c(some, many)),
    khong_dua_tien = list("q6", "Kh\u00f4ng ph\u1ea3i \u0111\u01b0a")
  ),
  setNames(lapply(sprintf("q1_%d", 1:9), function(id) list(id, c("3", "4"))), sprintf("quan_tam_%d", 1:9))
)
groups <- c("gioi_tinh", "dan_toc", "tuoi", "hoc_van", "nghe_nghiep")

# Codes of the items; 0 is blank.
codes <- sapply(items, function(item) {
  cell <- trimws(forms[[item]])
  code <- match(cell, labels, nomatch = 0L) + match(cell, as.character(1:5), nomatch = 0L)
  stopifnot(all(code > 0 | cell %in% blank))
  code
})
valid <- rowSums(codes > 0) >= length(items) / 2

# For each part, what a form adds above (y) and below (x) the line.
above <- sapply(parts, function(of) rowSums(codes[, of, drop = FALSE] >= 4) * valid)
below <- sapply(parts, function(of) rowSums(codes[, of, drop = FALSE] >= 1) * valid)
named <- sapply(shares, function(share) (forms[[share[[1]]]] %in% share[[2]]) * valid)
asked <- sapply(shares, function(share) (forms[[share[[1]]]] != "") * valid)
y <- cbind(above, named)
x <- cbind(below, asked)
ids <- colnames(y)

for (column in c("weight", "fpc")) forms[[column]] <- as.numeric(forms[[column]])
forms$row <- seq_len(nrow(forms))
design <- svydesign(ids = ~cluster, strata = ~stratum, weights = ~weight, fpc = ~fpc, data = forms)

# The options of a group that occur, in the order of their bytes.
options_of <- function(by) sort(setdiff(unique(forms[[by]]), ""), method = "radix")

rows <- list()
add <- function(unit, by, value, part, minus, n, index, se, df, deff = NA, deff_replace = NA) {
  reach <- qt(0.975, df) * se
  rows[[length(rows) + 1]] <<- data.frame(unit, by, value, part, minus, n, index = 100 * index,
    se = 100 * se, low = 100 * (index - reach), high = 100 * (index + reach), df, deff, deff_replace)
}

estimate <- function(domain, unit, by, value, part) {
  at <- domain$variables$row
  domain <- update(domain, y = y[at, part], x = x[at, part])
  ratio <- svyratio(~y, ~x, domain)
  answering <- subset(domain, x > 0)
  effect <- function(kind) c(attr(svyratio(~y, ~x, answering, deff = kind), "deff"))
  df <- degf(domain)
  interval <- c(confint(ratio, df = df))
  add(unit, by, value, part, "", sum(x[at, part] > 0), c(coef(ratio)), c(SE(ratio)), df,
      effect(TRUE), effect("replace"))
  last <- rows[[length(rows)]]
  stopifnot(all.equal(c(last$low, last$high), 100 * interval))
}

units <- unique(forms$unit)
for (of in units) {
  domain <- subset(design, unit == of)
  stopifnot(degf(domain) == degf(subset(design, unit == of & valid)))
  for (part in ids) estimate(domain, of, "", "", part)
}
for (part in ids) estimate(design, "", "", "", part)

for (by in groups) {
  cell <- forms[[by]]
  for (option in options_of(by)) {
    estimate(subset(design, valid & cell == option), "", by, option, "overall")
  }
}
for (of in units) {
  for (option in options_of("gioi_tinh")) {
    domain <- subset(design, valid & unit == of & gioi_tinh == option)
    estimate(domain, of, "gioi_tinh", option, "overall")
  }
}

# Differences of the overall index, from the covariance matrix of all domains of a kind.
design <- update(design, y = y[, "overall"], x = x[, "overall"])
differ <- function(by, a, others) {
  cell <- forms[[by]]
  domains <- svyby(~y, as.formula(paste0("~", by)), subset(design, valid & cell != ""), svyratio,
                   denominator = ~x, covmat = TRUE)
  for (b in others) {
    contrast <- setNames((names(coef(domains)) == a) - (names(coef(domains)) == b), names(coef(domains)))
    found <- svycontrast(domains, list(difference = contrast))
    both <- if (by == "unit") cell %in% c(a, b) else valid & cell %in% c(a, b)
    df <- degf(subset(design, both))
    n <- sum(x[both, "overall"] > 0)
    is_unit <- by == "unit"
    add(if (is_unit) a else "", if (is_unit) "" else by, if (is_unit) "" else a, "overall", b, n,
        c(coef(found)), c(SE(found)), df)
  }
}
differ("unit", "X01", c("X02", "X03", "X04", "X05"))
for (by in groups) {
  differ(by, options_of(by)[1], options_of(by)[-1])
}

table <- do.call(rbind, rows)
number <- function(value) ifelse(is.na(value), "", sprintf("%.16g", value))
quoted <- function(text) ifelse(grepl(",", text, fixed = TRUE), paste0("\"", text, "\""), text)
for (column in c("index", "se", "low", "high", "deff", "deff_replace")) table[[column]] <- number(table[[column]])
for (column in c("value", "minus")) table[[column]] <- quoted(table[[column]])
lines <- do.call(paste, c(lapply(table, function(column) enc2utf8(as.character(column))), sep = ","))
writeLines(c(paste(names(table), collapse = ","), lines), stdout(), useBytes = TRUE)
