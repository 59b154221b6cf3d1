# What voi takes to say what knowing inputs would be worth: its CPU seconds, and what it found, a line each.
# Rscript knowing.R draws.csv
suppressMessages(library(voi))
read <- read.csv(commandArgs(TRUE)[1])
known <- read[, names(read) != "net"]
net <- data.frame(nothing = 0, service = read$net)
timed <- function(name, work) {
  began <- proc.time()
  found <- suppressMessages(work())
  cat(name, sum((proc.time() - began)[c(1, 2)]), paste(found$evppi, collapse = ","), "\n")
}
for (round in 1:3) {
  timed("each", function() evppi(net, known, pars = as.list(names(known))))
  timed("earth", function() evppi(net, known, pars = list(names(known)), method = "earth"))
}
timed("bart", function() evppi(net, known, pars = list(names(known)), method = "bart", verbose = FALSE))
