/** Where files of public data sets can be had, for the message about one that is missing. Keys: names without .gz. */
export const KNOWN_FILES: Readonly<Record<string, string>> = {
  'mammography.csv': 'OpenML data set 310, https://www.openml.org/d/310 (saved as CSV without header)',
  'pima-indians-diabetes.csv':
    'OpenML data set 37, https://www.openml.org/d/37 (saved as CSV without header)',
  'german.csv':
    'UCI Statlog German Credit, https://archive.ics.uci.edu/dataset/144 (german.data, with commas)',
  'adult-train.csv': 'UCI Adult, https://archive.ics.uci.edu/dataset/2 (adult.data)',
  'abalone.csv': 'UCI Abalone, https://archive.ics.uci.edu/dataset/1 (abalone.data)',
  'winequality-white.csv':
    'UCI Wine Quality, https://archive.ics.uci.edu/dataset/186 (there: header, delimiter ";")',
  'train-images-idx3-ubyte': 'MNIST (LeCun, Cortes, Burges), http://yann.lecun.com/exdb/mnist/',
  'train-labels-idx1-ubyte': 'MNIST (LeCun, Cortes, Burges), http://yann.lecun.com/exdb/mnist/',
  't10k-images-idx3-ubyte': 'MNIST (LeCun, Cortes, Burges), http://yann.lecun.com/exdb/mnist/',
  't10k-labels-idx1-ubyte': 'MNIST (LeCun, Cortes, Burges), http://yann.lecun.com/exdb/mnist/',
};
