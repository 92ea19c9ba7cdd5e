# score_dt.R long|wide CATALOG_DIR RESULTS OUT: data.table, whole numbers of 1/100 point
suppressMessages(library(data.table))
arguments <- commandArgs(TRUE)
shape <- arguments[1]; catalog <- arguments[2]; results <- arguments[3]; out <- arguments[4]

hundredths <- function(x) as.integer(round(x * 100))
# 1.1 and 1.10 are two codes, so a code is read as text.
catalog_file <- function(name) fread(file.path(catalog, name), colClasses = list(character = "code"))
criteria <- catalog_file("criteria.csv")
options <- catalog_file("options.csv")
thresholds <- catalog_file("thresholds.csv")
named <- lapply(split(options, by = "code"), function(o) setNames(hundredths(o$points), o$option))
setorder(thresholds, code, min)
steps <- split(thresholds, by = "code")

rule <- function(i, entered) {
  code <- criteria$code[i]; top <- hundredths(criteria$max[i])
  if (criteria$kind[i] == "options") {
    points <- unname(named[[code]][entered]); points[is.na(points)] <- 0L
    return(points)
  }
  x <- suppressWarnings(as.numeric(entered)); missing <- is.na(x); x[missing] <- 0
  points <- switch(criteria$kind[i],
    thresholds = c(0L, hundredths(steps[[code]]$points))[findInterval(x, steps[[code]]$min) + 1L],
    prop = {
      v <- as.integer(round(x * 100))
      part <- (top * as.numeric(v) + 5000) %/% 10000
      fifelse(v >= criteria$hi[i] * 100, as.numeric(top), fifelse(v < criteria$lo[i] * 100, 0, part))
    },
    deduct = pmax(0, top - pmin(hundredths(criteria$cap[i]), hundredths(criteria$step[i]) * x)))
  points[missing] <- 0
  as.integer(points)
}

data <- fread(results, colClasses = "character", header = TRUE)
if (shape == "wide") {
  units <- data$unit
  fields <- matrix(0L, nrow(data), 8)
  for (i in seq_len(nrow(criteria))) {
    f <- criteria$field[i]
    fields[, f] <- fields[, f] + rule(i, data[[criteria$code[i]]])
  }
} else {
  data[, i := match(criterion, criteria$code)]
  data[, p := rule(.BY[[1]], value), by = i]
  data[, f := criteria$field[i]]
  sums <- dcast(data[, .(p = sum(p)), by = .(unit, f)], unit ~ f, value.var = "p", fill = 0L)
  units <- sums$unit
  fields <- as.matrix(sums[, -1])
}

two_digits <- function(x) sprintf("%.2f", x / 100)
total <- rowSums(fields)
ranked <- data.table(rank = frank(-total, ties.method = "min"), unit = units)
for (f in 1:8) ranked[, (paste0("F", f)) := two_digits(fields[, f])]
ranked[, `:=`(total = two_digits(total), percent = two_digits(total),
  grade = fcase(total >= 9000, "A", total >= 8000, "B", total >= 7000, "C", total >= 5000, "D", default = "E"))]
setorder(ranked, rank, unit)
fwrite(ranked, out)
