# What R takes for each method. Reads "name times" a line, runs it so often, and answers with the seconds of CPU.
quiet <- suppressPackageStartupMessages
folder <- commandArgs(TRUE)[1]
given <- function(name) read.csv(file.path(folder, paste0(name, ".csv")))

pairs <- given("pairs")
months <- given("months")$value
units <- given("units")
lasting <- given("lasting")
lasting$group <- c("north", "south", "west")[lasting$group + 1]
p_values <- given("p_values")$p
studies <- given("studies")
scores <- given("scores")
gaps <- given("gaps")
beside <- given("beside")
beside$change <- beside$after - beside$before
beside$group <- c("SGO", "CAO", "informal", "fostering")[beside$order + 1]
quiet(library(survival))

paired <- function() {
  found <- with(pairs, t.test(after, before, paired = TRUE))
  ranked <- with(pairs, wilcox.test(after, before, paired = TRUE))
  c(found$conf.int, found$p.value, ranked$p.value)
}
wilcoxon <- function() with(pairs, wilcox.test(after, before, paired = TRUE)$p.value)
reliable <- function() {
  rc <- with(pairs, (after - before) / (sd(before) * sqrt(2 * (1 - 0.85))))
  table(cut(rc, c(-Inf, -qnorm(0.975), qnorm(0.975), Inf)))
}
xmr <- function() {
  ranges <- abs(diff(months))
  reach <- 2.66 * mean(ranges[ranges < 3.267 * mean(ranges)])
  off <- months - mean(months)
  in_a_row <- function(signs, long) {
    runs <- rle(signs)
    rep(runs$lengths >= long & runs$values != 0, runs$lengths)
  }
  near <- sign(off) * (abs(off) > 2 / 3 * reach & abs(off) <= reach)
  of_three <- stats::filter(near, rep(1, 3), sides = 1)
  list(abs(off) > reach, in_a_row(sign(off), 7), in_a_row(sign(diff(months)), 6), abs(of_three) >= 2)
}
funnel <- function() {
  target <- sum(units$numerator) / sum(units$denominator)
  error <- 1 / (2 * sqrt(units$denominator))
  z <- (asin(sqrt(units$numerator / units$denominator)) - asin(sqrt(target))) / error
  edges <- quantile(z, c(0.1, 0.9))
  phi <- mean(pmin(pmax(z, edges[1]), edges[2])^2)
  w <- 1 / error^2
  tau2 <- max(0, (length(z) * phi - (length(z) - 1)) / (sum(w) - sum(w^2) / sum(w)))
  limits <- sapply(qnorm(c(0.001, 0.025, 0.975, 0.999)), function(k) sin(asin(sqrt(target)) + k * sqrt(error^2 + tau2))^2)
  rowSums(units$numerator / units$denominator > limits)
}
kaplan_meier <- function() {
  found <- survfit(Surv(duration, event) ~ 1, lasting, conf.type = "log-log")
  summary(found)$table
}
log_rank <- function() survdiff(Surv(duration, event) ~ group, lasting)$chisq
cox <- function() {
  found <- coxph(Surv(duration, event) ~ age + worry + teen, lasting, ties = "efron")
  list(summary(found), cox.zph(found, transform = "rank"))
}
holm <- function() p.adjust(p_values, "holm")
benjamini_hochberg <- function() p.adjust(p_values, "BH")
pool_dl <- function() metafor::rma(effect, variance, data = studies, method = "DL")
pool_reml <- function() metafor::rma(effect, variance, data = studies, method = "REML")
mixed <- function() lme4::lmer(value ~ time + (time | person), scores)
one_slope <- function() lme4::lmer(value ~ time + (1 | person), scores)
imputed <- function() {
  filled <- mice::mice(gaps, m = 20, maxit = 10, method = "norm", printFlag = FALSE)
  mice::pool(with(filled, lm(I(after - before) ~ 1)))
}
bootstrap <- function() { # 200 resamples: R takes as long for each
  change <- pairs$after - pairs$before
  boot::boot(change, function(all, drawn) {
    one <- all[drawn]
    c(mean(one), mean(one) / sd(one))
  }, 200)
}

of <- function(fit, v) cbind(coef(fit), sqrt(diag(v)), coef(fit) / sqrt(diag(v)))
did <- function() {
  fit <- lm(change ~ served, beside)
  of(fit, sandwich::vcovHC(fit, "HC2"))
}
did_teams <- function() {
  fit <- lm(change ~ served, beside)
  of(fit, sandwich::vcovCL(fit, ~team))
}
propensity <- function() {
  p <- fitted(glm(served ~ before + age, binomial, beside))
  w <- ifelse(beside$served == 1, 1, p / (1 - p))
  side <- beside$served == 1
  for (x in beside[c("before", "age")]) for (by in list(rep(1, length(w)), w)) {
    apart <- weighted.mean(x[side], by[side]) - weighted.mean(x[!side], by[!side])
    apart / sqrt((var(x[side]) + var(x[!side])) / 2)
  }
  fit <- lm(change ~ served, beside, weights = w)
  of(fit, sandwich::vcovHC(fit, "HC1"))
}
dose <- function() {
  knots <- quantile(beside$dose, c(0.1, 0.5, 0.9))
  up <- lapply(knots, function(knot) pmax(beside$dose - knot, 0)^3)
  curve <- up[[1]] - (up[[2]] * (knots[3] - knots[1]) - up[[3]] * (knots[2] - knots[1])) / (knots[3] - knots[2])
  straight <- lm(change ~ dose, beside)
  bent <- lm(beside$change ~ beside$dose + curve)
  bands <- split(beside$change, findInterval(beside$dose, quantile(beside$dose, c(0.25, 0.5, 0.75))))
  list(of(straight, sandwich::vcovHC(straight, "HC2")), of(bent, sandwich::vcovHC(bent, "HC2")), lapply(bands, t.test))
}
its <- function() {
  time <- seq_along(months) - 1
  on <- as.numeric(time >= 5000)
  fit <- lm(months ~ time + on + I(on * (time - 5000)))
  of(fit, sandwich::NeweyWest(fit, lag = 11, prewhite = FALSE, adjust = TRUE))
}
leavers <- function() lapply(beside[c("before", "age")], function(x) t.test(x ~ beside$served))
subgroups <- function() oneway.test(change ~ group, beside)
raking <- function() {
  start <- table(beside$group, beside$served)
  goal <- outer(c(CAO = 2, fostering = 1, informal = 4, SGO = 3), c(4, 6)) / 10
  cells <- loglin(goal, list(1, 2), start = start, fit = TRUE, print = FALSE)$fit / start
  w <- unclass(cells)[cbind(match(beside$group, rownames(start)), beside$served + 1)]
  sum(w)^2 / sum(w^2)
}
power <- function() power.t.test(delta = 0.3, power = 0.8)

input <- file("stdin", "r")
cat("ready\n")
while (length(line <- readLines(input, 1))) {
  asked <- strsplit(line, " ")[[1]]
  run <- get(asked[1])
  gc()
  began <- proc.time()
  for (time in seq_len(as.integer(asked[2]))) run()
  spent <- proc.time() - began
  cat(sum(spent[c("user.self", "sys.self")]), "\n")
}
