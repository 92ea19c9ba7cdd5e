# survey_R.R PARTS FORMS OUT: the package `survey`, a ratio by unit for each part; data.table reads and writes
suppressMessages({library(data.table); library(survey)})
arguments <- commandArgs(TRUE)
parts <- fread(arguments[1])
parts <- split(parts$item, factor(parts$part, unique(parts$part)))
data <- fread(arguments[2], data.table = FALSE)
for (part in names(parts)) {
  labels <- as.matrix(data[parts[[part]]])
  data[[paste0(part, "_t")]] <- rowSums(labels >= 4, na.rm = TRUE)
  data[[paste0(part, "_a")]] <- rowSums(!is.na(labels))
}
design <- svydesign(ids = ~1, strata = ~stratum, weights = ~weight, data = data)
one <- function(part) {
  t <- reformulate(paste0(part, "_t")); a <- reformulate(paste0(part, "_a"))
  found <- svyby(t, ~unit, design, svyratio, denominator = a)
  data.table(unit = found$unit, part = part, share = coef(found), se = SE(found))
}
fwrite(rbindlist(lapply(names(parts), one)), arguments[3])
