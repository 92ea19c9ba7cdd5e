# Does an item depend on a demographic question? Rao and Scott's test (svychisq, F) of R's package
# `survey` on ../answers.csv, of the table of options by satisfied and not, over valid forms that
# answer both. The design is that of survey.R.
#
#     Rscript expected/association.R > expected/association.csv

suppressPackageStartupMessages(library(survey))
script <- sub("^--file=", "", grep("^--file=", commandArgs(), value = TRUE))
d <- read.csv(file.path(dirname(script), "..", "answers.csv"), encoding="UTF-8", colClasses="character", check.names=FALSE)
lab <- c("R\u1ea5t kh\u00f4ng h\u00e0i l\u00f2ng", "Kh\u00f4ng h\u00e0i l\u00f2ng",
         "B\u00ecnh th\u01b0\u1eddng", "H\u00e0i l\u00f2ng", "R\u1ea5t h\u00e0i l\u00f2ng")
items <- sprintf("q9_%02d",1:39)
for (i in items) { x <- d[[i]]; m <- match(x, lab); x[!is.na(m)] <- m[!is.na(m)]; d[[i]] <- suppressWarnings(as.numeric(x)) }
d$valid <- rowSums(!is.na(d[items])) >= 20
d$weight <- as.numeric(d$weight); d$fpc <- as.numeric(d$fpc)
cat("by,part,f,numerator,denominator,p\n")
for (g in c("gioi_tinh","tuoi","hoc_van")) for (i in c("q9_01","q9_37")) {
 d$g <- ifelse(d[[g]] %in% c("","Ch\u01b0a ch\u1ecdn"), NA, d[[g]]); d$s <- ifelse(is.na(d[[i]]), NA, as.numeric(d[[i]]>=4))
 des <- svydesign(ids=~cluster,strata=~stratum,weights=~weight,fpc=~fpc,data=d)
 sub <- subset(des, valid & !is.na(g) & !is.na(s))
 t <- svychisq(~g+s, sub, statistic="F")
 cat(sprintf("%s,%s,%.15g,%.15g,%.15g,%.15g\n", g, i, t$statistic, t$parameter[1], t$parameter[2], t$p.value))
}
