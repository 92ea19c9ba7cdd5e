# Weights fitted to known numbers of people (../margins.csv), with R's package `survey`: raked by unit and
# gender (`calibrate` with `calfun = "raking"`, whose errors are those of the regression on both at once;
# those of `rake`, which sweeps them out in turn without weights, are others), `postStratify` by gender
# alone. The design is that of survey.R, of the valid forms.
#
#     Rscript expected/calibration.R > expected/calibration.csv
#
# Columns of the output: how (raked, post), unit (empty: all), part, index and se in percent.

suppressPackageStartupMessages(library(survey))

script <- sub("^--file=", "", grep("^--file=", commandArgs(), value = TRUE))
path <- function(name) file.path(dirname(script), "..", name)
d <- read.csv(path("answers.csv"), encoding = "UTF-8", colClasses = "character", check.names = FALSE)
people <- read.csv(path("margins.csv"), encoding = "UTF-8", colClasses = c("character", "character", "numeric"))

labels <- c("R\u1ea5t kh\u00f4ng h\u00e0i l\u00f2ng", "Kh\u00f4ng h\u00e0i l\u00f2ng",
            "B\u00ecnh th\u01b0\u1eddng", "H\u00e0i l\u00f2ng", "R\u1ea5t h\u00e0i l\u00f2ng")
items <- sprintf("q9_%02d", 1:39)
for (i in items) {
  x <- d[[i]]
  m <- match(x, labels)
  x[!is.na(m)] <- m[!is.na(m)]
  d[[i]] <- suppressWarnings(as.numeric(x))
}
d$weight <- as.numeric(d$weight)
d$fpc <- as.numeric(d$fpc)
d$gender <- ifelse(d$gioi_tinh %in% c("", "Ch\u01b0a ch\u1ecdn"), "none", d$gioi_tinh)
parts <- list(overall = items, "dv-c" = items[31:33], q9_37 = items[37])
for (part in names(parts)) {
  d[[paste0("y.", part)]] <- rowSums(d[parts[[part]]] >= 4, na.rm = TRUE)
  d[[paste0("x.", part)]] <- rowSums(!is.na(d[parts[[part]]]))
}
d$is_valid <- rowSums(!is.na(d[items])) >= 20

design <- svydesign(ids = ~cluster, strata = ~stratum, weights = ~weight, fpc = ~fpc, data = d)
valid <- subset(design, is_valid)
units <- data.frame(unit = people$option[people$group == "unit"], Freq = people$people[people$group == "unit"])
genders <- people[people$group == "gioi_tinh", ]
genders <- data.frame(gender = ifelse(genders$option == "", "none", genders$option), Freq = genders$people)
cells <- ~ 0 + unit + gender
known <- c(setNames(units$Freq, paste0("unit", units$unit)), setNames(genders$Freq, paste0("gender", genders$gender)))
known <- known[colnames(model.matrix(cells, valid$variables))]
raked <- calibrate(valid, cells, known, calfun = "raking", epsilon = 1e-12, maxit = 200)
post <- postStratify(valid, ~gender, genders)

cat("how,unit,part,index,se\n")
for (how in c("raked", "post")) {
  of <- get(how)
  for (unit in c("", sort(unique(d$unit)))) {
    domain <- if (unit == "") of else of[d$unit[d$is_valid] == unit, ]
    for (part in names(parts)) {
      r <- svyratio(as.formula(paste0("~`y.", part, "`")), as.formula(paste0("~`x.", part, "`")), domain)
      cat(sprintf("%s,%s,%s,%.15g,%.15g\n", how, unit, part, 100 * coef(r), 100 * SE(r)))
    }
  }
}
