// What every setting does, in one or two plain sentences: apart from the schema, since the page needs them only when asked.
import type { FieldPath } from "./schema";

/** What the setting does and what to expect of it. */
export const help: Readonly<Record<FieldPath, string>> = {
  "data.kind":
    "What the network learns. On the 2-D data sets you can see the decision boundary; images are closer to real work.",
  "data.trainSize":
    "How many examples the network learns from. Fewer examples are easier to memorize, so the gap opens wider.",
  "data.validationSize":
    "Held-out examples behind the validation curves. They never enter training.",
  "data.testSize":
    "A third part that is opened only when you ask for it, so that nobody tunes on it by accident.",
  "data.noise":
    "How far examples stray from the rule behind them. 0 is clean; at 1 little of the rule is left.",
  "data.mislabelled":
    "Share of training examples that carry a wrong class. A network that fits them has memorized. Validation and test stay correct.",
  "data.imbalance":
    "0: every class is equally frequent. At 0.9 the last class has a tenth of the examples of the first; those between fall off evenly.",
  "data.drawing": "Which pictures of the files become the training part.",
  "data.classes": "Number of classes: one Gaussian cluster each, or those that you can click.",
  "data.points":
    "A check sum of the points that you clicked. A link carries it in place of the points: whoever opens the link needs their CSV file.",
  "data.album":
    "A check sum of your pictures. A link carries it in place of them: whoever opens the link needs their .album file.",
  "data.albumClasses": "How many classes your pictures are sorted into.",
  "data.albumSide":
    "The middle square of every picture is brought to this many pixels a side. Larger pictures show more detail; smaller ones train faster.",
  "data.albumColours":
    "Colour keeps red, green and blue of every pixel; grey keeps its brightness only, a third of the inputs.",
  "data.fingerprint":
    "A check sum of your file. A link carries it in place of the content: whoever opens the link needs the same file.",
  "data.target":
    "The column that the network learns to predict, counted from 1; all others are inputs.",
  "data.columns": "How many inputs the other columns make, words counted one by one.",
  "data.answers": "How many classes the column to predict has; 0 where it is a number.",
  "data.missing":
    "What becomes of rows in which a value is missing. A row without an answer is always left out.",
  "data.encoding":
    "How the bytes of the file stand for characters. Wrong umlauts and accents in the preview mean another encoding.",
  "data.separator": "What stands between two values of a line.",
  "data.header": "Whether the first line holds the names of the columns or already values.",
  "data.decimal":
    "Whether 1,234 is one and a bit or more than a thousand. Columns that only fit the other sign are read with that one.",
  "data.spellings":
    "Whether labels that differ only in case and blanks (oak, Oak, OAK) are one category.",
  "data.leftOut": "Numbers of columns that the page would use and the experiment does not.",
  "data.kept":
    "Numbers of columns that the page would leave out (identifiers, dates, counters) and the experiment uses.",
  "data.asCategories": "Numbers of columns whose numbers are names of categories.",
  "data.asNumbers": "Numbers of columns of words that are read as numbers; words count as missing.",
  "data.scaling":
    "Inputs are shifted and scaled by figures of the training part before they reach the network. Penalties on weights act differently at different input scales.",
  "model.family":
    "An MLP sees a picture as a list of pixels. A CNN slides small filters over it, so what it learns in one place it knows in every place.",
  "model.filters":
    "Filters in each block: convolution 3×3, normalization if any, activation, pooling 2×2. Every block halves the picture.",
  "model.pooling": "What is kept of each 2×2 window: its maximum or its average.",
  "model.head":
    "What the dense layers see of the last block: every value of every map (flatten), or the average of each map (global average pooling).",
  "model.hiddenWidths":
    "Units in each hidden layer. More units can fit more, and memorize more. Without hidden layers this is logistic or linear regression.",
  "model.activation":
    "The non-linearity after each hidden layer. Without one (linear) the whole network is a single linear map.",
  "model.normalization":
    "Between each hidden layer and its activation: brings activations to mean 0 and deviation 1, then scales and shifts them by learned values. Training becomes faster and less sensitive to the initial weights; with batch normalization an output also depends on the other examples of the batch.",
  "model.normalizationGroups":
    "Groups of units for group normalization. Where they don't divide the units of a layer, the next smaller number that does is used.",
  "model.normalizationMomentum":
    "Share of the newest batch in batch normalization's running mean and variance (PyTorch's momentum; Keras' is 1 minus this).",
  "model.normalizationEpsilon":
    "Added to the variance under the root, so that nothing is divided by 0. PyTorch's default is 1e-5, Keras' 1e-3.",
  "model.evaluationMode":
    "How the network is run when curves and test figures are measured. Evaluation mode is right: nothing dropped, no noise, running statistics. Training mode is what happens when a program forgets the switch (model.eval() in PyTorch): units are dropped and batch normalization depends on which examples share a batch. Pictures, confusion and calibration always show evaluation mode.",
  "model.initialization":
    "How the weights start. All of them come from the seed, so a reset returns to the same start.",
  "model.initialDeviation": "Standard deviation of the normal initial weights.",
  "regularization.weightDecay":
    "Decoupled: every step first multiplies the weights by 1 − η·λ, beside the optimizer's own step. Large weights shrink; the boundary gets smoother.",
  "regularization.l2":
    "Coupled: adds λ/2·Σw² to the loss, so its gradient λ·w passes through the optimizer's scaling. Under Adam the gradient λ·w is rescaled per weight, so the same λ acts differently from weight decay, often much more strongly: on the default moons λ = 0.1 gives ‖w‖ 2.5 with Adam and L2, 20 with AdamW. Keras' l2(λ) has no ½: its λ is half of this one.",
  "regularization.l1":
    "Adds λ·Σ|w| to the loss; its subgradient pushes every weight towards 0 with the same force. Weights get small, but rarely exactly 0: for exact zeros use the proximal form.",
  "regularization.l1Proximal":
    "After each step every weight moves towards 0 by η·λ and stops there (soft threshold), so weights become exactly 0. Under Adam the same λ acts far more weakly than the L1 penalty.",
  "regularization.l1ProximalForm":
    "Plain: η·λ for every weight. Preconditioned: divided by √v̂ + ε as Adam's step is, so that λ means under Adam what it means under SGD.",
  "regularization.groupL1":
    "After each step every unit's incoming weights shrink together by η·λ in length, and at 0 the whole unit is off. Acts on kernels.",
  "regularization.groupL1Scale": "Whether the threshold grows with the size of the group.",
  "regularization.orthogonality":
    "Adds λ·‖WᵀW − I‖² to the loss for every dense layer: each unit's weights are pulled towards length 1 and at right angles to those of the other units.",
  "regularization.maxNorm":
    "After each step the incoming weights of a unit that are longer than this are scaled back to it. 0 switches it off. Acts on kernels.",
  "regularization.scope":
    "Which parameters the penalties, the decay and the proximal step act on. Biases hardly overfit, so the usual choice leaves them alone.",
  "regularization.dropoutHidden":
    "During training each hidden unit is dropped with this probability p and the others are scaled by 1/(1 − p). At evaluation all units are used.",
  "regularization.dropoutInput":
    "The same on the inputs: each input value is dropped with this probability during training.",
  "regularization.dropoutSpatial":
    "During training each whole feature map of a convolution block is dropped with this probability: neighbouring pixels are strongly correlated, so dropping single ones hides little.",
  "regularization.dropoutHead": "Dropout on what the convolution blocks hand to the dense head.",
  "regularization.dropConnect":
    "During training each weight of the dense layers is dropped with this probability p, instead of whole units; the others are scaled by 1/(1 − p). All examples of a batch share the mask.",
  "regularization.inputNoise":
    "In training, Gaussian noise of this standard deviation is added to every scaled input, afresh at each step. For a linear model that is the same as an L2 penalty.",
  "regularization.weightNoise":
    "In training, the network computes with kernels to which Gaussian noise of this standard deviation is added, afresh at each step. The weights that are kept stay free of it, and training settles where the loss changes less when they move.",
  "regularization.layerMultipliers":
    "Multiplies decay, penalties and proximal steps in each layer, first layer first: 0 leaves a layer alone, 2 doubles every strength there.",
  "regularization.schedule":
    "How the strengths of decay, penalties and proximal steps change from the first step to the last. The values above are the largest.",
  "augmentation.crop":
    "Pads the picture with this many black pixels on every side and cuts the old size out at a random place: the content moves by up to so many pixels.",
  "augmentation.flip":
    "Mirrors every other picture left to right. Good for clothes and objects; digits change their meaning.",
  "augmentation.brightness":
    "Multiplies all pixels of a picture by a random factor from 1 − b to 1 + b.",
  "augmentation.contrast":
    "Moves all pixels of a picture away from or towards its mean grey, by a random factor from 1 − c to 1 + c.",
  "augmentation.saturation":
    "Moves the colours of a picture away from or towards their own grey, by a random factor from 1 − s to 1 + s.",
  "augmentation.erasing":
    "With this probability a rectangle of 2 to 33 % of the picture is painted black, so that no single detail decides alone.",
  "augmentation.mixup":
    "Every example of a batch is blended with another one, inputs and labels alike: x = m·x₁ + (1 − m)·x₂, one m per step drawn from Beta(α, α). The larger α, the more even the blend.",
  "loss.labelSmoothing":
    "The target is 1 − s + s/K for the true class and s/K for the others. A network that is never asked for certainty is less confident. Both losses shown include it.",
  "loss.robustness":
    "Generalized cross entropy (1 − pᵠ)/q: 0 is cross entropy, 1 is 1 − p, like the mean absolute error. In between, examples that the network finds very unlikely pull less, so wrong labels are learned later or not at all.",
  "loss.classWeights":
    "Weighs each example by how rare its class is in the training part, so that a frequent class does not drown the others.",
  "optimizer.kind": "How a gradient becomes a step.",
  "optimizer.learningRate":
    "Size of a step, η. Too large diverges, too small crawls. Decay and proximal steps are multiplied by it too.",
  "optimizer.batchSize":
    "Examples per step. Smaller batches take more steps per epoch, with noisier gradients.",
  "optimizer.epochs": "How often training goes through all examples before it stops.",
  "optimizer.momentum": "Share of the last velocity that is kept, μ.",
  "optimizer.beta1": "Decay of Adam's running mean of the gradient.",
  "optimizer.beta2": "Decay of Adam's running mean of the squared gradient.",
  "optimizer.squareDecay":
    "Decay of RMSprop's running mean of the squared gradient (PyTorch's alpha).",
  "optimizer.epsilon":
    "Added to the root in the denominator, after bias correction (PyTorch's place; TensorFlow 1 and TensorFlow.js put it elsewhere).",
  "optimizer.clipNorm":
    "When the gradient of all parameters together is longer than this, it is scaled back to it. 0 switches it off.",
  "optimizer.schedule":
    "How the learning rate changes over the run; the rate above is its largest value.",
  "optimizer.rateFloor": "Share of the learning rate that is left at the end of the cosine.",
  "optimizer.warmUpEpochs":
    "The learning rate rises evenly from 0 over this many epochs, so that the first steps don't throw the weights about.",
  "averaging.kind":
    "Keeps an average of the weights along the way and shows its validation beside the live network's. Training itself is not changed. Where the live curve is noisy, the average often generalizes better.",
  "averaging.decay":
    "Share of the old average that is kept at each step: 0.99 looks back over about a hundred steps.",
  "averaging.start": "Share of the run after which the mean begins.",
  "stopping.patience":
    "Ends training when validation has not improved for this many epochs, and brings back the weights of its best moment. 0 switches it off. What was measured after the best moment stays on the curves.",
  "stopping.metric": "The validation figure that must improve.",
  seed: "Starting point of everything random: examples, initial weights, order of batches, dropout. The same seed gives the same run.",
};

/** What each choice of a setting means, by its value. */
export const choiceHelp: { readonly [P in FieldPath]?: Readonly<Record<string, string>> } = {
  "data.kind": {
    moons: "Two interleaved half circles, two classes.",
    circle: "A disc inside a ring, two classes.",
    xor: "Opposite quadrants belong together, two classes.",
    clusters: "Gaussian clouds, two to five classes.",
    spiral: "Two interleaved spirals, two classes.",
    curve: "A smooth curve with noise: regression with one input.",
    tabular:
      "Forty standardized inputs of which only five matter; two pairs of inputs are correlated.",
    strokeDigits: "28×28 grey pictures of the ten digits, drawn from strokes by this page.",
    shapes: "32×32 colour pictures of ten shapes and textures, drawn by this page. Made for a CNN.",
    mnist: "70,000 real 28×28 pictures of handwritten digits (LeCun et al., 1998), from files.",
    fashionMnist: "70,000 real 28×28 pictures of clothes (Zalando, 2017), from files.",
    cifar10: "60,000 real 32×32 colour photographs (Krizhevsky, 2009), from files.",
    ownTable: "A CSV file of yours. It stays on this device.",
    ownPoints: "Points that you click on the plane. They stay on this device.",
    ownPictures: "Pictures that you sort into classes of your own. They stay on this device.",
  },
  "data.missing": {
    mean: "The mean of the training part takes its place, and one more input says that it was missing.",
    leaveOut: "Rows with a missing value are left out.",
  },
  "data.spellings": {
    merged: "oak, Oak and OAK are one category.",
    apart: "oak, Oak and OAK are three.",
  },
  "data.drawing": {
    asTheyCome: "At random.",
    balanced: "As many of every class.",
  },
  "data.scaling": {
    standardized: "Mean 0, standard deviation 1.",
    unit: "Smallest value 0, largest 1.",
    symmetric: "Smallest value −1, largest 1.",
  },
  "model.activation": {
    relu: "max(x, 0)",
    leakyRelu: "x, or 0.01·x below 0",
    sigmoid: "1 / (1 + e⁻ˣ)",
    gelu: "x·Φ(x), exact form with erf",
    linear: "x",
  },
  "model.normalization": {
    batch:
      "Over the examples of the batch; evaluation uses running statistics. Needs batches of 2 and more, and gets noisy in small ones.",
    layer: "Over the units of a layer, for each example.",
    rms: "Like layer, but only the size: no mean, no shift.",
    group: "Like layer, within groups of units.",
  },
  "model.evaluationMode": {
    training: "The forgotten model.eval().",
  },
  "model.initialization": {
    he: "Normal with variance 2 / inputs; biases 0.",
    glorot: "Uniform in ±√(6 / (inputs + outputs)); biases 0.",
    lecun: "Normal with variance 1 / inputs; biases 0.",
    pytorch: "Kernels and biases uniform in ±1/√inputs.",
    normal: "Normal with the standard deviation set below; biases 0.",
    zeros: "Every weight 0: all units of a layer stay equal. A lesson in why not.",
  },
  "regularization.schedule": {
    ramp: "From 0 to full.",
    anneal: "From full to 0.",
  },
  "loss.classWeights": {
    balancedWeighted: "Divided by the sum of the batch's weights (PyTorch).",
    balancedMean: "The same weights, divided by the batch size (Keras).",
  },
  "optimizer.kind": {
    sgd: "w ← w − η·g",
    momentum: "v ← μ·v + g, then w ← w − η·v (Polyak 1964).",
    nesterov: "w ← w − η·(g + μ·v) (Nesterov 1983; PyTorch's form).",
    rmsprop: "w ← w − η·g / (√v + ε) (Hinton 2012; PyTorch's form).",
    adam: "Kingma & Ba 2015. Decay reaches it only as an L2 penalty.",
    adamw: "Adam with decoupled weight decay (Loshchilov & Hutter 2019).",
  },
  "optimizer.schedule": {
    cosine: "Along half a cosine down to the floor.",
    step: "A tenth after half of the run, a hundredth after three quarters.",
  },
  "averaging.kind": {
    ema: "Exponential moving average, after every step.",
    swa: "Plain mean of the weights at the ends of epochs, from the start below on.",
  },
};

/** Paper or reference behind the technique, where there is one. */
export const sources: { readonly [P in FieldPath]?: string } = {
  "augmentation.crop": "He et al. 2016, §4.2",
  "augmentation.flip": "Krizhevsky et al. 2012, §4.1",
  "augmentation.brightness": "torchvision ColorJitter; Howard 2013",
  "augmentation.contrast": "torchvision ColorJitter; Howard 2013",
  "augmentation.saturation": "torchvision ColorJitter; Howard 2013",
  "augmentation.erasing": "Zhong et al. 2020; DeVries & Taylor 2017 (cutout)",
  "augmentation.mixup": "Zhang et al. 2018",
  "averaging.kind": "Polyak & Juditsky 1992; Izmailov et al. 2018",
  "loss.labelSmoothing": "Szegedy et al. 2016; Müller et al. 2019",
  "loss.robustness": "Zhang & Sabuncu 2018",
  "loss.classWeights": "King & Zeng 2001; PyTorch CrossEntropyLoss(weight); Keras class_weight",
  "model.family": "LeCun et al. 1998",
  "model.filters": "LeCun et al. 1998; Simonyan & Zisserman 2015",
  "model.head": "Lin et al. 2014, Network in Network",
  "model.normalization":
    "Ioffe & Szegedy 2015; Ba et al. 2016; Zhang & Sennrich 2019; Wu & He 2018",
  "model.normalizationGroups": "Wu & He 2018",
  "model.evaluationMode": "Ioffe & Szegedy 2015, §3.1; PyTorch nn.Module.eval",
  "model.initialization":
    "He et al. 2015; Glorot & Bengio 2010; LeCun et al. 1998; PyTorch nn.Linear",
  "optimizer.clipNorm": "Pascanu et al. 2013",
  "optimizer.schedule": "Loshchilov & Hutter 2017; He et al. 2016",
  "optimizer.warmUpEpochs": "Goyal et al. 2017",
  "regularization.weightDecay": "Loshchilov & Hutter 2019, Decoupled Weight Decay Regularization",
  "regularization.l2": "Krogh & Hertz 1991; Goodfellow et al. 2016, §7.1.1",
  "regularization.l1": "Tibshirani 1996; Goodfellow et al. 2016, §7.1.2",
  "regularization.l1Proximal": "Beck & Teboulle 2009; Parikh & Boyd 2014",
  "regularization.l1ProximalForm": "Yun et al. 2021, Adaptive Proximal Gradient Methods",
  "regularization.groupL1": "Yuan & Lin 2006; Scardapane et al. 2017",
  "regularization.groupL1Scale": "Yuan & Lin 2006",
  "regularization.orthogonality":
    "Brock et al. 2017, Neural Photo Editing with Introspective Adversarial Networks",
  "regularization.maxNorm": "Srebro & Shraibman 2005; Srivastava et al. 2014",
  "regularization.scope": "Goodfellow et al. 2016, §7.1",
  "regularization.dropoutHidden": "Srivastava et al. 2014",
  "regularization.dropoutInput": "Srivastava et al. 2014",
  "regularization.dropoutSpatial": "Tompson et al. 2015",
  "regularization.dropoutHead": "Srivastava et al. 2014",
  "regularization.dropConnect": "Wan et al. 2013",
  "regularization.inputNoise":
    "Bishop 1995, Training with Noise is Equivalent to Tikhonov Regularization",
  "regularization.weightNoise": "Murray & Edwards 1994; Graves 2011; Goodfellow et al. 2016, §7.5",
  "regularization.layerMultipliers": "Goodfellow et al. 2016, §7.1",
  "stopping.patience": "Prechelt 1998, Early Stopping – But When?",
};
